// Starts Pyodide inside the worker and tells the page how far it has come.
//
// PyScript imports this module as the "interpreter" (see pyscript.json) and calls loadPyodide. Everything posted to
// the page has the form {boot: {stage, received, total, problem}}; the words for it are in ui/words.py.
import { loadPyodide as load, version } from "./runtime/pyodide/pyodide.module.js";
export { version }; // PyScript reads it

const RUNTIME = new URL("./runtime/", import.meta.url).href;
const SITE = new URL("./", import.meta.url).href;
const HEARTBEAT_MS = 500; // the page's own Python may start later than this worker: say again what it missed

const boot = { stage: "download", received: 0, total: 0, problem: null };
const tell = () => postMessage({ boot: { ...boot } });
const heartbeat = setInterval(tell, HEARTBEAT_MS);

function fail(problem) {
  boot.problem ??= problem; // the first problem is the cause, later ones are its consequences
  tell();
}

const nameOf = (resource) => new URL(resource.url ?? resource, SITE).href.replace(SITE, "");

// iPads call themselves MacIntel; Pyodide 0.27 then takes a path that crashes iPadOS 18 (pyodide issue 5670).
if (/Safari/.test(navigator.userAgent) && !/Chrom|Android/.test(navigator.userAgent))
  Object.defineProperty(navigator, "platform", { value: "iPad" });

// How many bytes are to come. Content-Length cannot say: under gzip it counts the packed ones.
const plainFetch = fetch;
const sizes = plainFetch(RUNTIME + "manifest.json")
  .then((response) => response.json())
  .then(({ files }) => {
    const fetched = Object.entries(files).filter(([name]) => /^pyodide\/.*\.(wasm|zip|whl)$/.test(name));
    boot.total = fetched.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    return new Map(fetched.map(([name, { bytes }]) => ["runtime/" + name, bytes]));
  })
  .catch(() => new Map()); // no manifest, no totals: not worth stopping for

async function count(name, stream) {
  const expected = (await sizes).get(name);
  if (!expected) return;
  let received = 0;
  try {
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value.length;
      boot.received += value.length;
    }
  } catch {
    // A connection that breaks off: the count below says so.
  }
  if (received !== expected) fail({ kind: "incomplete", file: name, received, expected });
  if (boot.received >= boot.total) boot.stage = "start";
  tell();
}

// A fetch that is checked against a hash fails with the same words, whether the file is gone or altered.
async function diagnosis(resource, file) {
  try {
    const { ok, status } = await plainFetch(resource, { method: "HEAD" });
    return ok ? { kind: "damaged", file } : { kind: "missing", file, status };
  } catch {
    return { kind: "unreachable", file };
  }
}

// Pyodide 0.27 waits for ever if a file is missing or a .wasm has the wrong type: report the one, repair the other.
globalThis.fetch = async (resource, init) => {
  const name = nameOf(resource);
  let response;
  try {
    response = await plainFetch(resource, init);
  } catch (error) {
    fail(await diagnosis(resource, name));
    throw error;
  }
  if (!response.ok) {
    fail({ kind: "missing", file: name, status: response.status });
    return response;
  }
  if (/^runtime\/pyodide\//.test(name)) count(name, response.clone().body);
  if (!name.endsWith(".wasm") || response.headers.get("Content-Type") === "application/wasm") return response;
  return new Response(response.body, { headers: { "Content-Type": "application/wasm" } });
};

// When this fails Pyodide warns in the console and waits for ever.
for (const name of ["instantiate", "instantiateStreaming"]) {
  const plain = WebAssembly[name];
  WebAssembly[name] = (source, imports) =>
    plain(source, imports).catch((error) => {
      fail({ kind: "damaged", file: "runtime/pyodide/pyodide.asm.wasm" });
      throw error;
    });
}

export async function loadPyodide(options) {
  try {
    // As for `python -OO`: the library is compiled without docstrings, and numpy has to know.
    const pyodide = await load({ ...options, indexURL: RUNTIME + "pyodide/", env: { PYTHONOPTIMIZE: "2" } });
    pyodide.runPython("import pyodide.ffi; pyodide.ffi.jsnull = None"); // new in Pyodide 0.28, and PyScript wants it
    boot.stage = "reader";
    return pyodide;
  } catch (error) {
    fail({ kind: "refused" });
    throw error;
  } finally {
    clearInterval(heartbeat);
    tell();
  }
}
