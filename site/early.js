// The pen of the first moments. The page's own Python takes half a second to come, two on a first visit. Who writes meanwhile
// sees plain ink at once. Later ui/startup/early_strokes.py takes over the strokes, even in the middle of one.
(() => {
  const SIDE = 280; // these four as in ui/pad/strokes.py and ui/pad/brush.py
  const WIDE = 560;
  const BRUSH = 20;
  const NUMBERS_BRUSH = 0.7;

  const pad = document.getElementById("pad");
  const context = pad.getContext("2d");
  const kept = (name) => {
    try {
      return JSON.parse(sessionStorage["inkling." + name] ?? localStorage["inkling." + name] ?? null);
    } catch {
      return null; // a browser that denies storage, or another page's words
    }
  };
  const isNumber = kept("mode") === "number";
  const drawing = kept("drawing");
  // Hides the welcome of an empty page, which ui/views/welcome.py would take away as soon as it is there.
  if (drawing?.entry) document.documentElement.classList.add("kept");
  if (drawing?.wide && !isNumber) return; // how much of it is in sight is for ui/pad/viewport.py to say
  document.documentElement.dataset.mode = isNumber ? "number" : "digit";

  const width = isNumber ? WIDE : SIDE; // of the part in sight, in the sheet's units
  const brush = (Number(kept("brush")) || BRUSH) * (isNumber ? NUMBERS_BRUSH : 1);
  const strokes = [];
  const end = new AbortController();
  let underway = null; // the id and the type of the pointer that draws
  let pen = false; // whether one has been seen: then touch does not draw
  let began = 0;

  function redraw() {
    pad.width = Math.round(pad.clientWidth * devicePixelRatio);
    pad.height = Math.round((pad.width * SIDE) / width);
    context.setTransform(pad.width / width, 0, 0, pad.width / width, 0, 0);
    context.lineCap = "round";
    context.strokeStyle = getComputedStyle(pad).getPropertyValue("--ink").trim();
    try {
      drawing?.strokes.forEach(draw);
    } catch {
      // Another page's words again.
    }
    strokes.forEach(draw);
    document.documentElement.classList.add("writable");
  }

  function draw({ points, erase }) {
    context.globalCompositeOperation = erase ? "destination-out" : "source-over";
    points.forEach((_, index) => line(points, index));
    context.globalCompositeOperation = "source-over";
  }

  // From the point before to this one; of the first, a dot.
  function line(points, index) {
    const [x, y, lineWidth] = points[index];
    const [fromX, fromY] = points[Math.max(index - 1, 0)];
    context.lineWidth = lineWidth;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(x, y);
    context.stroke();
  }

  function write(event) {
    const frame = pad.getBoundingClientRect();
    const scale = width / frame.width;
    const { points, erase } = strokes.at(-1);
    context.globalCompositeOperation = erase ? "destination-out" : "source-over";
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY, pressure, pointerType, timeStamp } of moves.length ? moves : [event]) {
      const thickness = brush * (0.5 + (pointerType === "pen" ? pressure : 0.5));
      const time = Math.max(0, timeStamp - began);
      points.push([(clientX - frame.left) * scale, (clientY - frame.top) * scale, thickness, time]);
      line(points, points.length - 1);
    }
    context.globalCompositeOperation = "source-over";
  }

  // A pen; what a touch has been drawing was the palm's.
  function notePen({ pointerType }) {
    if (pointerType !== "pen") return;
    pen = true;
    if (underway?.type !== "touch") return;
    underway = null;
    strokes.pop();
    redraw();
  }

  const on = (name, listener) => pad.addEventListener(name, listener, { signal: end.signal });
  on("pointerdown", (event) => {
    notePen(event);
    const erase = event.button === 5; // a pen's other end
    if (!event.isPrimary || !(erase || event.button === 0) || underway) return;
    if (pen && event.pointerType === "touch") return;
    event.preventDefault();
    pad.focus({ preventScroll: true });
    pad.setPointerCapture(event.pointerId);
    pad.classList.add("by-hand");
    underway = { id: event.pointerId, type: event.pointerType };
    began = event.timeStamp;
    strokes.push({ erase, points: [] });
    write(event);
  });
  on("pointerenter", notePen);
  on("pointermove", (event) => {
    notePen(event);
    if (underway?.id === event.pointerId) write(event);
  });
  for (const name of ["pointerup", "pointercancel"])
    on(name, (event) => {
      if (underway?.id === event.pointerId) underway = null;
    });

  const fitting = new ResizeObserver(redraw);
  fitting.observe(pad);

  // Ends it. Returns JSON: the strokes as ui/pad/strokes.py writes them, and whether a pen was seen. `underway` is the pointer
  // that is still down in the last. `began` is when that was begun, in milliseconds on the clock of performance.now().
  window.earlyInk = () => {
    end.abort();
    fitting.disconnect();
    return JSON.stringify({ strokes, underway, began, pen });
  };
})();

// What the rest of the page needs. Said here in both languages, as without it no Python starts that could say it.
(() => {
  const missing = ["WebAssembly", "Worker", "OffscreenCanvas", "structuredClone"].filter((name) => !window[name]);
  const isCaged = window.origin === "null" && window.top !== window; // a sandboxed frame may not even fetch its files
  if (!missing.length && !isCaged) return;
  const german = navigator.language?.startsWith("de");
  const said = isCaged
    ? german
      ? "Diese Seite liegt in einem Rahmen, der ihr Programm verbietet; öffnen Sie sie in einem eigenen Tab."
      : "This page is in a frame that forbids its program; open it in a tab of its own."
    : german
      ? `Diesem Browser fehlt, womit die Seite liest (${missing}), oder er hat es abgeschaltet; schalten Sie es ein, oder nehmen Sie einen Browser ab 2023.`
      : `This browser lacks or has switched off what this page reads with (${missing}); allow it, or use a browser from 2023 or later.`;
  const say = () => {
    document.documentElement.dataset.state = "failed";
    document.getElementById("remark").textContent = said;
  };
  if (document.getElementById("remark")) say();
  else addEventListener("DOMContentLoaded", say);
})();
