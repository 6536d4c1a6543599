// The pad of inkling/widget.py: sends strokes as they are finished, shows what was read.
const INK = "#111";
const PAPER = "#fff"; // in a dark notebook, too: the reader is sent dark ink on light paper

function render({ model, el }) {
  const canvas = document.createElement("canvas");
  const clear = document.createElement("button");
  const answer = document.createElement("output");
  canvas.width = model.get("width");
  canvas.height = model.get("height");
  canvas.style.cssText = "border:1px solid #767676;touch-action:none;cursor:crosshair;max-width:100%";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Pad: write with mouse, finger or pen");
  clear.type = "button";
  clear.textContent = "Clear";
  answer.style.marginInlineStart = "1em";
  answer.setAttribute("aria-live", "polite");
  const below = document.createElement("div");
  below.append(clear, answer);
  el.append(canvas, below);

  const context = canvas.getContext("2d");
  let stroke = null; // the one that is being drawn: its points, [x, y] in pixels of the canvas

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width; // a narrow notebook shows the pad smaller
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  function draw() {
    context.fillStyle = PAPER;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = INK;
    context.lineWidth = model.get("pen");
    context.lineCap = context.lineJoin = "round";
    for (const points of [...model.get("strokes"), ...(stroke ? [stroke] : [])]) {
      context.beginPath();
      context.moveTo(...points[0]);
      for (const point of points) context.lineTo(...point);
      context.stroke();
    }
  }

  function send(strokes) {
    model.set("strokes", strokes);
    model.save_changes();
  }

  function finish() {
    if (!stroke) return;
    const finished = stroke;
    stroke = null;
    send([...model.get("strokes"), finished]);
  }

  function say() {
    answer.textContent = model.get("answer");
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || stroke) return; // a second finger draws nothing
    canvas.setPointerCapture(event.pointerId);
    stroke = [place(event)];
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    stroke.push(place(event));
    draw();
  });
  canvas.addEventListener("pointerup", finish);
  canvas.addEventListener("pointercancel", finish);
  clear.addEventListener("click", () => send([]));
  model.on("change:strokes", draw);
  model.on("change:answer", say);
  draw();
  say();
  return () => {
    model.off("change:strokes", draw);
    model.off("change:answer", say);
  };
}

export default { render };
