// Checks that the files of this site are those that were published, byte for byte.
//
// The list precache.json has every file with its length and checksum. The checksum of that list is in version.js and names
// the version. `make site` writes both. Three parts use it: boot.js (files of a start), service-worker.js (the offline copy)
// and ui/browser/site_files.py (later files). A classic script without exports, because a service worker of Firefox can only
// import such: it defines `siteFiles`.
//
// A file that is not right is a problem: {kind, file, ...facts}, with `kind` a key of FAILURES in ui/browser/messages.py.
(() => {
  const LIST = "precache.json";
  const VERSION = "version.js";
  const PAGE = "./"; // index.html, as the list names it
  const plainFetch = fetch; // before boot.js replaces it

  // Return the checks of the site at an address that ends with a slash.
  globalThis.siteFiles = (site) => ({
    nameOf: (resource) => nameOf(site, resource),
    readList: (cache) => readList(site, cache),
    fetchFile: (...file) => fetchFile(site, ...file),
    diagnose: (name) => diagnose(site, name),
    watch: (...file) => watch(site, ...file),
    request: requests(site),
  });

  function nameOf(site, resource) {
    return new URL(resource.url ?? resource, site).href.replace(site, "") || PAGE;
  }

  // Return {version, files}. The two files are checked against each other. The browser's cache or a proxy's may hold one of
  // another version: then the host itself is asked. `cache` as fetch takes it.
  async function readList(site, cache) {
    try {
      return await readListFrom(site, cache);
    } catch (problem) {
      if (problem.kind !== "unlike") throw problem;
      return readListFrom(site, "reload");
    }
  }

  async function readListFrom(site, cache) {
    const [list, versionFile] = await Promise.all([LIST, VERSION].map((name) => contentOf(site, name, cache)));
    const version = /^self\.VERSION = "(sha256-[^"]+)";\n$/.exec(new TextDecoder().decode(versionFile))?.[1];
    if (!version || !(await matches(site, LIST, list, version))) throw { kind: "unlike" };
    return { version, files: JSON.parse(new TextDecoder().decode(list)).files };
  }

  async function contentOf(site, name, cache) {
    const unreachable = () => Promise.reject({ kind: "unreachable", file: name });
    const response = await plainFetch(site + name, { cache }).catch(unreachable);
    if (!response.ok) throw { kind: "missing", file: name, status: response.status };
    return response.arrayBuffer().catch(unreachable);
  }

  // Return whether bytes, an ArrayBuffer or an array, have this integrity as Subresource Integrity writes it.
  async function matches(site, name, bytes, integrity) {
    // Over plain http a page cannot compute checksums, but the browser itself checks them for a fetch.
    if (!globalThis.crypto?.subtle)
      return plainFetch(site + name, { integrity, cache: "force-cache" }).then(() => true, () => false);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    return integrity === "sha256-" + btoa(String.fromCharCode(...new Uint8Array(digest)));
  }

  // Return the response with a file of this integrity. The browser's cache may hold the file of another version. Then the
  // host is asked, unless the copy in the cache is in use already.
  async function fetchFile(site, name, integrity, init = {}, mustBeCached = false) {
    try {
      return await plainFetch(site + name, { ...init, integrity });
    } catch {
      const fresh = await plainFetch(site + name, { ...init, integrity, cache: "reload" }).catch(() => null);
      if (!fresh) throw await diagnose(site, name);
      if (mustBeCached) throw { kind: "renewed" };
      return fresh;
    }
  }

  // Return why a file did not arrive as it is listed, when the host has no better one.
  async function diagnose(site, name) {
    try {
      const { ok, status } = await plainFetch(site + name, { method: "HEAD" });
      if (!ok) return { kind: "missing", file: name, status };
    } catch {
      return { kind: "unreachable", file: name };
    }
    return { kind: "damaged", file: name === PAGE ? "index.html" : name };
  }

  // Count and check a large file while it is in use already. Resolves once it is known to be right, else rejects. As bytes
  // come, onBytes(count) is called.
  async function watch(site, name, { bytes, integrity }, stream, onBytes) {
    const content = new Uint8Array(bytes);
    const received = await receive(stream, content, onBytes);
    if (received < bytes) throw { kind: "incomplete", file: name, received, expected: bytes };
    if (received > bytes || !(await matches(site, name, content, integrity)))
      throw await plainFetch(site + name, { integrity, cache: "reload" }).then(
        () => ({ kind: "renewed" }),
        () => diagnose(site, name),
      );
  }

  // Read a stream into an array, as far as it fits, and return how many bytes came.
  async function receive(stream, content, onBytes) {
    let received = 0;
    try {
      for (const reader = stream.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        if (received + value.length <= content.length) content.set(value, received);
        received += value.length;
        onBytes(value.length);
      }
    } catch {
      // The connection broke off: the count says so.
    }
    return received;
  }

  // Return a function that asks for a listed file, with one list for all calls. It resolves to {response} or {problem}:
  // MicroPython reads a value more easily than a rejection.
  function requests(site) {
    let list = null;
    return async (name) => {
      let problem;
      for (const cache of ["default", "reload"])
        try {
          const { files } = await (list ??= readList(site, cache)); // the cache may hold another version's list
          return { response: await fetchFile(site, name, files[name]?.integrity) };
        } catch (error) {
          list = null;
          problem = error.kind ? error : { kind: "unreachable", file: name };
        }
      return { problem };
    };
  }
})();
