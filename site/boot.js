// Starts Pyodide inside the worker and tells the page how far it has come.
//
// PyScript imports this module as the "interpreter" (see the end of index.html) and calls loadPyodide. Everything posted to
// the page has the form {boot: {stage, received, total, problem, version, life}}; the words are in ui/words.py.
import { loadPyodide as load, version } from "./runtime/pyodide/pyodide.module.js";
export { version }; // PyScript reads it

const RUNTIME = new URL("./runtime/", import.meta.url).href;
const SITE = new URL("./", import.meta.url).href;
const WHEELS = "/lib/wheels/"; // where they lie in Pyodide's file system
const HEARTBEAT_MS = 500; // the page's own Python may start later than this worker: say again what it missed
const LIST = "precache.json"; // every file's length and checksum, written by `make site`
const VERSION = "version.js"; // and the list's own checksum
const PAGE = "./"; // index.html, as the list names it
const LARGE = /^runtime\/pyodide\/.*\.(wasm|zip|whl)$/; // those whose bytes are counted as they come
// What is in use already or comes by import, and so never passes through the `fetch` below.
const UNSEEN = new RegExp(
  "^(\\./|(boot|early)\\.js|worker\\.py|\\w+\\.(json|css)|(ui|styles|words)/.*|" +
    "runtime/(pyscript|micropython)/.*|runtime/pyodide/.*\\.js)$",
);

// Pyodide asks for this only when it is started, and then waits for it.
import("./runtime/pyodide/pyodide.asm.js").catch(() => {}); // Pyodide will meet the same problem

const boot = { stage: "download", received: 0, total: 0, problem: null, version: null, life: null };
const tell = () => postMessage({ boot: { ...boot } });
const heartbeat = setInterval(tell, HEARTBEAT_MS);

function fail(problem) {
  boot.problem ??= problem; // the first problem is the cause, later ones are its consequences
  tell();
}

const nameOf = (resource) => new URL(resource.url ?? resource, SITE).href.replace(SITE, "") || PAGE;

// iPads call themselves MacIntel; Pyodide 0.27 then takes a path that crashes iPadOS 18 (pyodide issue 5670).
if (/Safari/.test(navigator.userAgent) && !/Chrom|Android/.test(navigator.userAgent))
  Object.defineProperty(navigator, "platform", { value: "iPad" });

// Held for as long as this worker lives: the page waits for it, and so learns at once of the worker's death.
const life = `inkling worker ${Math.random()}`;
navigator.locks?.request(life, () => new Promise(() => (boot.life = life)));

// PyScript opens a database, empties it and closes it; a browser that denies databases would end the start there.
// Nothing is ever kept in it, so this worker is given one that holds nothing.
function answered(result) {
  const request = { result };
  queueMicrotask(() => request.onsuccess({ target: request }));
  return request;
}
const emptyStore = { getAllKeys: () => answered([]), clear: () => answered() };
const emptyDatabase = { transaction: () => ({ objectStore: () => emptyStore }), close: () => {} };
Object.defineProperty(globalThis, "indexedDB", { value: { open: () => answered(emptyDatabase) } });

// ---- Whole files or none: what reads is checked, byte for byte, before it may read ----

const plainFetch = fetch;
const checks = []; // promises, settled once a file is known to be the one on the list or a problem has been told
const files = listOfFiles("no-cache")
  .catch((problem) => {
    if (problem.kind !== "unlike") throw problem;
    return listOfFiles("reload"); // a browser's or a host's memory may hold one of the two of another version
  })
  .catch((problem) => {
    fail(problem);
    throw problem;
  });

// The list, itself checked against its checksum; and that names the version.
async function listOfFiles(cache) {
  const [list, told] = await Promise.all([LIST, VERSION].map((name) => contentOf(name, cache)));
  const version = /^self\.VERSION = "(sha256-[^"]+)";\n$/.exec(new TextDecoder().decode(told))?.[1];
  if (!version || (await foundIn(LIST, list, version)) !== version) throw { kind: "unlike" };
  boot.version = version;
  const { files } = JSON.parse(new TextDecoder().decode(list));
  const large = Object.keys(files).filter((name) => LARGE.test(name));
  boot.total = large.reduce((sum, name) => sum + files[name].bytes, 0);
  return files;
}

async function contentOf(name, cache) {
  const unreachable = () => Promise.reject({ kind: "unreachable", file: name });
  const response = await plainFetch(SITE + name, { cache }).catch(unreachable);
  if (!response.ok) throw { kind: "missing", file: name, status: response.status };
  return response.arrayBuffer().catch(unreachable);
}

// As Subresource Integrity writes it; null where the browser has no checksums to offer: over plain http.
async function integrityOf(bytes) {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return "sha256-" + btoa(String.fromCharCode(...new Uint8Array(digest)));
}

// Counts and checks a large file while it is being used: its content can only be trusted when `checks` are through.
async function watch(name, stream) {
  const { bytes, integrity } = (await files)[name] ?? {}; // not listed: then the site is not the one of the list
  const content = new Uint8Array(bytes);
  let received = 0;
  try {
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (received + value.length <= bytes) content.set(value, received);
      received += value.length;
      boot.received += value.length;
    }
  } catch {
    // A connection that breaks off: the count below says so.
  }
  if (received < bytes) throw { kind: "incomplete", file: name, received, expected: bytes };
  const found = received === bytes && (await foundIn(name, content, integrity));
  if (found !== integrity) throw await diagnosis(name);
  if (boot.received >= boot.total) boot.stage = "start";
  tell();
}

// The integrity of what has come.
const foundIn = async (name, content, expected) =>
  (await integrityOf(content)) ?? (await asKept(name, expected));

// The browser does check, over plain http too, what it is asked for with an integrity.
const asKept = (name, integrity) =>
  plainFetch(SITE + name, { integrity, cache: "force-cache" }).then(() => integrity, () => "another");

// A small file is fetched with its checksum. The browser's cache may hold that of another version: then the host is
// asked, and what is in use already has become outdated.
async function fetchWhole(name, resource, init) {
  const integrity = (await files)[name]?.integrity;
  try {
    return await plainFetch(resource, { ...init, integrity });
  } catch (error) {
    const problem = await diagnosis(name);
    if (problem.kind !== "renewed" || UNSEEN.test(name)) throw problem;
    return plainFetch(resource, { ...init, integrity });
  }
}

// Why a file did not arrive as the one on the list.
async function diagnosis(name) {
  const integrity = (await files)[name]?.integrity;
  try {
    const { ok, status } = await plainFetch(SITE + name, { method: "HEAD" });
    if (!ok) return { kind: "missing", file: name, status };
  } catch {
    return { kind: "unreachable", file: name };
  }
  const anew = plainFetch(SITE + name, { integrity, cache: "reload" });
  const file = name === PAGE ? "index.html" : name;
  return anew.then(() => ({ kind: "renewed" }), () => ({ kind: "damaged", file }));
}

// Begun once Pyodide's own files have come, so as not to stand in their way: thirty answers of the service worker.
let unseen = null;
const checkUnseenOnce = () => (unseen ??= checkUnseen());

async function checkUnseen() {
  const names = Object.keys(await files).filter((name) => UNSEEN.test(name));
  await Promise.allSettled(names.map((name) => fetch(SITE + name, { cache: "force-cache" })));
}

// Pyodide 0.27 waits for ever if a file is missing or a .wasm has the wrong type: report the one, repair the other.
globalThis.fetch = async (resource, init) => {
  const name = nameOf(resource);
  if (/^[a-z]+:/.test(name)) return plainFetch(resource, init); // not a file of this site
  let response;
  try {
    response = await (LARGE.test(name) ? plainFetch(resource, init) : fetchWhole(name, resource, init));
    if (!response.ok) throw { kind: "missing", file: name, status: response.status };
  } catch (error) {
    fail(error.kind ? error : await diagnosis(name));
    throw error;
  }
  if (LARGE.test(name)) checks.push(watch(name, response.clone().body).catch(fail));
  if (!name.endsWith(".wasm") || response.headers.get("Content-Type") === "application/wasm") return response;
  return new Response(response.body, { headers: { "Content-Type": "application/wasm" } });
};

// When this fails Pyodide warns in the console and waits for ever.
for (const name of ["instantiate", "instantiateStreaming"]) {
  const plain = WebAssembly[name];
  WebAssembly[name] = (source, imports) => {
    checkUnseenOnce();
    return plain(source, imports).catch((error) => {
      Promise.allSettled(checks).then(() => fail({ kind: "damaged", file: "runtime/pyodide/pyodide.asm.wasm" }));
      throw error;
    });
  };
}

// Every wheel of the site: its name and its content.
async function wheelsOf(site) {
  const names = Object.keys(await site).filter((name) => name.endsWith(".whl"));
  const contents = names.map(async (name) => (await fetch(SITE + name)).arrayBuffer());
  return (await Promise.all(contents)).map((content, i) => [names[i].split("/").pop(), new Uint8Array(content)]);
}

// Pyodide would unpack them whole, and load all that is compiled in them, before anything is imported.
// What the first reading needs of them is imported at once, while the rest of the page's files is being checked.
function importFrom(wheels, pyodide) {
  pyodide.FS.mkdirTree(WHEELS);
  for (const [name, content] of wheels) pyodide.FS.writeFile(WHEELS + name, content, { canOwn: true });
  const names = JSON.stringify(wheels.map(([name]) => WHEELS + name));
  pyodide.runPython(`import sys; sys.path += ${names}; import wheels; wheels.find_extensions(${names}); import inkling`);
}

export async function loadPyodide(options) {
  try {
    const wheels = wheelsOf(files);
    wheels.catch(() => {}); // told by `fetch` already, and met again below
    // As for `python -OO`: the library is compiled without docstrings, and numpy has to know.
    const pyodide = await load({ ...options, indexURL: RUNTIME + "pyodide/", env: { PYTHONOPTIMIZE: "2" } });
    importFrom(await wheels, pyodide);
    await Promise.all([...checks, checkUnseenOnce()]);
    if (boot.problem) throw boot.problem;
    pyodide.runPython("import pyodide.ffi; pyodide.ffi.jsnull = None"); // new in Pyodide 0.28, and PyScript wants it
    boot.stage = "reader";
    return pyodide;
  } catch (error) {
    await Promise.allSettled([...checks, checkUnseenOnce()]); // these know better why
    fail({ kind: "refused" });
    throw error;
  } finally {
    clearInterval(heartbeat);
    tell();
  }
}
