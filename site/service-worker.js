// Stores the site on the device, so that it opens without a connection. It is one version, complete and checked, or none.
//
// Each file is checked against the list by integrity.js. A new version is fetched while the present one stays in use. It
// takes over when the last page of the present one is closed or asks for it. So no page meets files of two versions.
importScripts("./version.js", "./integrity.js"); // set VERSION and siteFiles

const LIST = "precache.json";
const OURS = `inkling ${registration.scope} `; // one origin may serve many sites, as github.io does
const CACHE = OURS + VERSION;
// Files that are fetched when they are first used, and stored then.
const ON_USE = /^(model\/lines\.npz|model\/letters\..*|runtime\/(pdfjs|xlsx)\/.*|samples\/train\.z|embed(\.js|\.html|\/.*))$/;
const { fetchFile } = siteFiles(registration.scope);

addEventListener("install", (event) => event.waitUntil(storeAll().catch(report)));
addEventListener("activate", (event) => event.waitUntil(deleteOlder()));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(registration.scope)) event.respondWith(serve(event.request));
});
addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver(event.source));
  if (event.data === VERSION) event.waitUntil(clients.claim()); // a first visit's page, if it is of this version
});

const cachesOfOurs = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

async function storeAll() {
  const here = await findCopies();
  const cache = await caches.open(CACHE);
  await store(cache, LIST, VERSION, here);
  await cache.put("version.js", new Response(`self.VERSION = "${VERSION}";\n`)); // goes with the list for boot.js
  const { files } = await (await cache.match(LIST)).json();
  const wanted = Object.entries(files).filter(([url, { integrity }]) => !ON_USE.test(url) || here.has(integrity));
  await Promise.all(wanted.map(([url, { integrity }]) => store(cache, url, integrity, here)));
}

// Return a function for each file that is stored here already, by checksum: other versions and interrupted
// installations leave such.
async function findCopies() {
  const here = new Map();
  for (const name of await cachesOfOurs()) {
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    const { files } = list ? await list.json() : { files: {} };
    for (const { url } of await cache.keys())
      here.set(files[url.slice(registration.scope.length) || "./"]?.integrity, () => cache.match(url));
  }
  return here;
}

async function store(cache, url, integrity, here) {
  try {
    const copy = await here.get(integrity)?.();
    // The page has just fetched most files: those come from the browser's own cache.
    await cache.put(url, copy ?? storable(await fetchFile(url, integrity)));
  } catch (error) {
    throw Object.assign(error, { file: url });
  }
}

// Return a response that can be stored. Browsers refuse to open a page from a redirected response, and to store one that
// varies with everything.
function storable(response) {
  const isUsual = !response.redirected && response.headers.get("Vary") !== "*";
  return isUsual ? response : new Response(response.body, { headers: { "Content-Type": response.headers.get("Content-Type") } });
}

async function report(error) {
  const problem = { kind: error.name === "QuotaExceededError" ? "full" : "broken", file: error.file };
  for (const page of await ourPages()) page.postMessage({ offline: problem });
  throw error; // not installed: the present version stays in use
}

async function deleteOlder() {
  for (const name of await cachesOfOurs()) if (name !== CACHE) await caches.delete(name);
}

async function serve(request) {
  const cache = await caches.open(CACHE);
  // With `ignoreSearch`, Chromium compares with every stored file, a hundred times slower: cut the query off here.
  const address = request.url.replace(/[?#].*$/, "").replace(/index\.html$/, "");
  const copy = await cache.match(address, { ignoreVary: true });
  if (copy) return copy;
  const name = address.slice(registration.scope.length);
  if (ON_USE.test(name)) return serveAndStore(cache, name);
  if (request.mode !== "navigate") return fetch(request);
  return fetch(request).catch(() => Response.redirect(registration.scope)); // the site has one page only
}

async function serveAndStore(cache, name) {
  const { files } = await (await cache.match(LIST)).json();
  const response = storable(await fetchFile(name, files[name]?.integrity));
  await cache.put(name, response.clone());
  return response;
}

const ourPages = async () =>
  (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(({ url }) =>
    url.startsWith(registration.scope),
  );

async function takeOver(page) {
  if ((await ourPages()).length > 1) page.postMessage({ offline: { kind: "others" } });
  else await skipWaiting();
}
