// Guards the hidden frame (embed.html): passes on to Python what the page that made the frame asks, and nothing else. It is
// short, so that it can be checked by eye.
//
// The page says its origin in the address. Messages to the frame have the form {inkling: 1, number, image}. Those back have
// the form {inkling: 1, number, text, confidence} or {inkling: 1, state: "alive", "ready" or "failed"}. The other end is
// frame.js.
(() => {
  const PROTOCOL = 1;
  const MAX_SIDE = 2048; // pixels of an image
  const MAX_NUMBER = 2 ** 30; // which MicroPython gives back as it was
  const host = decodeURIComponent(location.hash.slice(1));
  if (parent === window || !/^https?:\/\/[^/]+$/.test(host)) return;

  const tell = (message) => parent.postMessage({ inkling: PROTOCOL, ...message }, host);
  const isNumber = (number) => Number.isInteger(number) && number > 0 && number < MAX_NUMBER;
  const isImage = (image) => image instanceof ImageData && Math.max(image.width, image.height) <= MAX_SIDE;
  const isQuestion = ({ inkling, number, image }) => inkling === PROTOCOL && isNumber(number) && isImage(image);

  let ask = null;
  addEventListener("message", ({ source, origin, data }) => {
    if (source === parent && origin === host && data && isQuestion(data)) ask?.(data.number, data.image);
  });
  document.documentElement.classList.add("hosted");
  globalThis.embed = {
    begin: (python) => (ask = python),
    answer: (number, text, confidence) => tell({ number, text, confidence }),
    tell: (state) => tell({ state }),
  };
  tell({ state: "alive" });
})();
