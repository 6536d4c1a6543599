// The hidden frame of the site in which Python reads, one for all fields of a page.

const PROTOCOL = 1; // of the messages; the frame's end is guard.js
const frames = new Map(); // by address of the site

// Return the frame of the site at an address, which is made if there is none: {isReady, ready, ask(image)}. The promise
// `ready` resolves once the frame can be asked, `ask` with {text, confidence}. Both are rejected once the frame can read no
// more.
export function frameOf(site) {
  if (!frames.has(site)) frames.set(site, makeFrame(site));
  return frames.get(site);
}

function makeFrame(site) {
  const { origin } = new URL(site);
  const frame = document.createElement("iframe");
  const asked = new Map(); // what waits for an answer, by number
  let isAlive = false;
  let count = 0; // small, as MicroPython takes 31 bits of a number
  let opened, lost;
  const ready = new Promise((resolve, reject) => ([opened, lost] = [resolve, reject]));
  ready.catch(() => {}); // told where it is awaited
  const made = { isReady: false, ready, ask };

  function ask(image) {
    return new Promise((resolve, reject) => {
      const number = ++count;
      asked.set(number, { resolve, reject });
      frame.contentWindow.postMessage({ inkling: PROTOCOL, number, image }, origin);
    });
  }

  function fail() {
    removeEventListener("message", hear);
    frame.remove();
    frames.delete(site); // the next stroke makes another
    const error = new Error("The frame cannot read.");
    lost(error);
    for (const { reject } of asked.values()) reject(error);
  }

  function hear({ source, origin: from, data }) {
    if (source !== frame.contentWindow || from !== origin || data?.inkling !== PROTOCOL) return;
    isAlive = true;
    if (data.state === "ready") opened((made.isReady = true));
    if (data.state === "failed") fail();
    const { number, text, confidence } = data;
    if (!asked.has(number) || typeof text !== "string" || !(confidence >= 0 && confidence <= 1)) return;
    asked.get(number).resolve({ text, confidence });
    asked.delete(number);
  }

  addEventListener("message", hear);
  Object.assign(frame, { hidden: true, tabIndex: -1, title: "Inkling", referrerPolicy: "no-referrer" });
  frame.setAttribute("aria-hidden", "true");
  // The browser's page of an error loads as well, but says nothing. The frame's own speaks before it has loaded.
  frame.addEventListener("load", () => isAlive || fail());
  frame.src = `${new URL("embed.html", site)}#${encodeURIComponent(location.origin)}`;
  document.body.append(frame);
  return made;
}
