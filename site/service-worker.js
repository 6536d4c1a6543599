// Keeps the site on the device, so that it opens without a connection: one version, whole and checked, or none.
//
// precache.json lists the files of a version with their checksums, version.js has the list's own; `make site` writes
// both. A new version is fetched while the one in use goes on, and takes over only when the last page of that one is
// closed or asks for it: no page ever meets files of two versions.
importScripts("./version.js"); // sets VERSION

const LIST = "precache.json";
const OURS = `inkling ${registration.scope} `; // one origin may serve many sites, as github.io does
const CACHE = OURS + VERSION;

addEventListener("install", (event) => event.waitUntil(keepAll().catch(report)));
addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(registration.scope)) event.respondWith(serve(event.request));
});
addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver(event.source));
  if (event.data === VERSION) event.waitUntil(clients.claim()); // a first visit's page, if it is of this version
});

const cachesOfOurs = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

async function keepAll() {
  const here = await keptAlready();
  const cache = await caches.open(CACHE);
  await keep(cache, LIST, VERSION, here);
  await cache.put("version.js", new Response(`self.VERSION = "${VERSION}";\n`)); // goes with the list for boot.js
  const { files } = await (await cache.match(LIST)).json();
  await Promise.all(Object.entries(files).map(([url, { integrity }]) => keep(cache, url, integrity, here)));
}

// By checksum, the files that other versions or an interrupted installation have left here.
async function keptAlready() {
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

async function keep(cache, url, integrity, here) {
  try {
    const kept = await here.get(integrity)?.();
    await cache.put(url, kept ?? plain(await fetchWhole(url, integrity)));
  } catch (error) {
    throw Object.assign(error, { file: url });
  }
}

// The page has just fetched most files: they are taken from the browser's own cache, unless one there is outdated.
const fetchWhole = (url, integrity) =>
  fetch(url, { integrity }).catch(() => fetch(url, { integrity, cache: "reload" }));

// Browsers refuse to open a page from a redirected response, and to keep one that varies with everything.
function plain(response) {
  const usual = !response.redirected && response.headers.get("Vary") !== "*";
  return usual ? response : new Response(response.body, { headers: { "Content-Type": response.headers.get("Content-Type") } });
}

async function report(error) {
  const problem = { kind: error.name === "QuotaExceededError" ? "full" : "broken", file: error.file };
  for (const page of await ourPages()) page.postMessage({ offline: problem });
  throw error; // not installed: what was in use stays in use
}

async function forgetOlder() {
  for (const name of await cachesOfOurs()) if (name !== CACHE) await caches.delete(name);
}

async function serve(request) {
  const cache = await caches.open(CACHE);
  // Told to ignore what follows a "?", Chromium compares with every file kept, a hundred times slower: cut it off.
  const address = request.url.replace(/[?#].*$/, "").replace(/index\.html$/, "");
  const kept = await cache.match(address, { ignoreVary: true });
  if (kept) return kept;
  if (request.mode !== "navigate") return fetch(request);
  return fetch(request).catch(() => Response.redirect(registration.scope)); // no such page here: to the one there is
}

const ourPages = async () =>
  (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(({ url }) =>
    url.startsWith(registration.scope),
  );

async function takeOver(page) {
  if ((await ourPages()).length > 1) page.postMessage({ offline: { kind: "others" } });
  else await skipWaiting();
}
