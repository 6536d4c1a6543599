// Starts Pyodide inside the worker and tells the page how far it has come.
//
// PyScript imports this module as the "interpreter" (see the end of index.html) and calls loadPyodide: start, load, import,
// ready. Everything posted to the page has the form {boot: {stage, received, total, problem, version, life}}. The words are
// in ui/browser/messages.py. The patches of the browser below, and when each may go, are listed in docs/performance.md.
import "./integrity.js"; // first: it keeps the plain `fetch`
import { loadPyodide as load, version } from "./runtime/pyodide/pyodide.module.js";
export { version }; // PyScript reads it

const SITE = new URL("./", import.meta.url).href;
const PYODIDE = "runtime/pyodide/";
const WHEELS = "/lib/wheels/"; // in Pyodide's file system
const HEARTBEAT_MS = 500; // the page's own Python may start later than this worker: say again what it missed
const LARGE = /^runtime\/pyodide\/(?!pillow-).*\.(wasm|zip|whl)$/; // files whose bytes are counted as they come
// Files that are in use already or come by import, and so never pass through the `fetch` below.
const UNSEEN = new RegExp(
  "^(\\./|(boot|early|integrity)\\.js|worker/api\\.py|\\w+\\.(json|css)|(ui|styles|words)/.*|" +
    "runtime/(pyscript|micropython)/.*|runtime/pyodide/.*\\.js)$",
);

const boot = { stage: "download", received: 0, total: 0, problem: null, version: null, life: null };
const { nameOf, readList, fetchFile, diagnose, watch } = siteFiles(SITE);
const plainFetch = fetch;
const checks = []; // promises, settled once a file is known to be right or its problem has been told

// ---- Start: what can begin before PyScript asks for Pyodide ----

import("./runtime/pyodide/pyodide.asm.js").catch(() => {}); // Pyodide waits for it, and will meet the same problem
const heartbeat = setInterval(tell, HEARTBEAT_MS);
holdLife();
const files = readFiles();
patchPlatform();
patchDatabase();
patchFetch();
patchWebAssembly();

function tell() {
  postMessage({ boot: { ...boot } });
}

function fail(problem) {
  boot.problem ??= problem; // the first problem is the cause, later ones are its consequences
  tell();
}

// Hold a lock while this worker lives. The page waits for it, and so learns at once of the worker's death.
function holdLife() {
  const life = `inkling worker ${Math.random()}`;
  navigator.locks?.request(life, () => new Promise(() => (boot.life = life)));
}

// Return every file's length and integrity, by name.
async function readFiles() {
  try {
    const { version, files } = await readList("no-cache");
    const large = Object.keys(files).filter((name) => LARGE.test(name));
    boot.version = version;
    boot.total = large.reduce((sum, name) => sum + files[name].bytes, 0);
    return files;
  } catch (problem) {
    fail(problem);
    throw problem;
  }
}

// ---- Load, import, ready: PyScript calls this ----

export async function loadPyodide(options) {
  try {
    const wheels = fetchWheels();
    wheels.catch(() => {}); // told by `fetch` already, and met again below
    // As for `python -OO`: the library is compiled without docstrings, and numpy has to know.
    const pyodide = await load({ ...options, indexURL: SITE + PYODIDE, env: { PYTHONOPTIMIZE: "2" } });
    importPackage(await wheels, pyodide);
    await Promise.all([...checks, checkUnseenOnce()]); // before any reading
    if (boot.problem) throw boot.problem;
    pyodide.runPython("import pyodide.ffi; pyodide.ffi.jsnull = None"); // new in Pyodide 0.28, and PyScript wants it
    boot.stage = "reader";
    return pyodide;
  } catch (error) {
    await Promise.allSettled([...checks, checkUnseenOnce()]); // these know the cause better
    fail({ kind: "refused" });
    throw error;
  } finally {
    clearInterval(heartbeat);
    tell();
  }
}

// Return the name and the content of every wheel that a first answer needs. The page fetches Pillow when a call needs it.
async function fetchWheels() {
  const names = Object.keys(await files).filter((name) => /^(?!.*\/pillow-).*\.whl$/.test(name));
  const contents = names.map(async (name) => (await fetch(SITE + name)).arrayBuffer());
  return (await Promise.all(contents)).map((content, i) => [names[i].split("/").pop(), new Uint8Array(content)]);
}

// Import the package out of the wheels as they lie. Pyodide would unpack them, and load all that is compiled in them.
// Meanwhile the other files of the page are being checked.
function importPackage(wheels, pyodide) {
  pyodide.FS.mkdirTree(WHEELS);
  for (const [name, content] of wheels) pyodide.FS.writeFile(WHEELS + name, content, { canOwn: true });
  const paths = JSON.stringify(wheels.map(([name]) => WHEELS + name));
  pyodide.runPython(`
    import sys
    sys.path += ${paths}
    from worker import wheel_imports
    wheel_imports.find_extensions(${paths})
    import inkling
  `);
}

// Check the files that have come some other way. Begun once Pyodide's own have come, so as not to delay them.
let unseen = null;

function checkUnseenOnce() {
  return (unseen ??= checkUnseen());
}

async function checkUnseen() {
  const names = Object.keys(await files).filter((name) => UNSEEN.test(name));
  await Promise.allSettled(names.map((name) => fetch(SITE + name, { cache: "force-cache" })));
}

// ---- Patches of what Pyodide 0.27 and PyScript meet in this worker ----

// iPads call themselves MacIntel; Pyodide 0.27 then takes a path that crashes iPadOS 18 (pyodide issue 5670).
function patchPlatform() {
  if (/Safari/.test(navigator.userAgent) && !/Chrom|Android/.test(navigator.userAgent))
    Object.defineProperty(navigator, "platform", { value: "iPad" });
}

// PyScript opens a database, empties it and closes it; a browser that denies databases would end the start there.
// Nothing is ever stored in it, so this worker is given an empty one.
function patchDatabase() {
  const answer = (result) => {
    const request = { result };
    queueMicrotask(() => request.onsuccess({ target: request }));
    return request;
  };
  const store = { getAllKeys: () => answer([]), clear: () => answer() };
  const database = { transaction: () => ({ objectStore: () => store }), close: () => {} };
  Object.defineProperty(globalThis, "indexedDB", { value: { open: () => answer(database) } });
}

// Pyodide 0.27 waits for ever if a file is missing or a .wasm has the wrong type. Report the one, repair the other. A large
// file is checked while it is used; a small one before it is.
function patchFetch() {
  globalThis.fetch = async (resource, init) => {
    const name = nameOf(resource);
    if (/^[a-z]+:/.test(name)) return plainFetch(resource, init); // not a file of this site
    let response;
    try {
      response = await (LARGE.test(name) ? plainFetch(resource, init) : fetchListed(name, init));
      if (!response.ok) throw { kind: "missing", file: name, status: response.status };
    } catch (error) {
      fail(error.kind ? error : await diagnose(name));
      throw error;
    }
    if (LARGE.test(name)) checks.push(checkLarge(name, response.clone().body));
    if (!name.endsWith(".wasm") || response.headers.get("Content-Type") === "application/wasm") return response;
    return new Response(response.body, { headers: { "Content-Type": "application/wasm" } });
  };
}

const fetchListed = async (name, init) => fetchFile(name, (await files)[name]?.integrity, init, UNSEEN.test(name));

async function checkLarge(name, stream) {
  try {
    const listed = (await files)[name] ?? {}; // not listed: then the site is not the one of the list
    await watch(name, listed, stream, (count) => (boot.received += count));
    if (boot.received >= boot.total) boot.stage = "start";
    tell();
  } catch (problem) {
    fail(problem);
  }
}

// When compilation fails, Pyodide 0.27 warns in the console and waits for ever.
function patchWebAssembly() {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const plain = WebAssembly[name];
    WebAssembly[name] = (source, imports) => {
      checkUnseenOnce();
      return plain(source, imports).catch((error) => {
        Promise.allSettled(checks).then(() => fail({ kind: "damaged", file: PYODIDE + "pyodide.asm.wasm" }));
        throw error;
      });
    };
  }
}
