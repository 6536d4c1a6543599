// The pen of the first moments. The page's own Python takes half a second to come, two on a first visit: who writes
// meanwhile sees plain ink at once, and ui/early.py takes over what was written, even in the middle of a stroke.
(() => {
  const SIDE = 280; // these four as in ui/sheet.py and ui/ink.py
  const WIDE = 560;
  const BRUSH = 20;
  const NUMBERS_BRUSH = 0.7;

  const pad = document.getElementById("pad");
  const context = pad.getContext("2d");
  const kept = (name) => {
    try {
      return JSON.parse(sessionStorage["inkling." + name] ?? localStorage["inkling." + name] ?? null);
    } catch {
      return null; // a browser that denies storage, or somebody else's words
    }
  };
  const isNumber = kept("mode") === "number";
  const drawing = kept("drawing");
  if (drawing?.wide && !isNumber) return; // how much of it is in sight is for ui/window.py to say
  document.documentElement.dataset.mode = isNumber ? "number" : "digit";

  const width = isNumber ? WIDE : SIDE; // of what is in sight, in the sheet's units
  const brush = (Number(kept("brush")) || BRUSH) * (isNumber ? NUMBERS_BRUSH : 1);
  const strokes = [];
  const end = new AbortController();
  let underway = false;
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
      // Somebody else's words again.
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
    const { points } = strokes.at(-1);
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY, pressure, pointerType, timeStamp } of moves.length ? moves : [event]) {
      const thickness = brush * (0.5 + (pointerType === "pen" ? pressure : 0.5));
      const time = Math.max(0, timeStamp - began);
      points.push([(clientX - frame.left) * scale, (clientY - frame.top) * scale, thickness, time]);
      line(points, points.length - 1);
    }
  }

  const on = (name, listener) => pad.addEventListener(name, listener, { signal: end.signal });
  on("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    pad.focus({ preventScroll: true });
    pad.setPointerCapture(event.pointerId);
    pad.classList.add("by-hand");
    underway = true;
    began = event.timeStamp;
    strokes.push({ erase: false, points: [] });
    write(event);
  });
  on("pointermove", (event) => underway && event.isPrimary && write(event));
  for (const name of ["pointerup", "pointercancel"]) on(name, (event) => (underway &&= !event.isPrimary));

  const fitting = new ResizeObserver(redraw);
  fitting.observe(pad);

  // Ends it. JSON of strokes as ui/sheet.py writes them, whether the pen is still down in the last of them, and when
  // that was begun, in milliseconds on the clock of performance.now().
  window.earlyInk = () => {
    end.abort();
    fitting.disconnect();
    return JSON.stringify({ strokes, underway, began });
  };
})();
