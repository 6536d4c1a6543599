// The parts of a field, and ink: on the pad, and as the reader sees it.

const RASTER = { height: 240, width: 1600 }; // pixels of the picture to read, at most
const PEN = 0.055; // width of the pen in heights of the pad, about as in ui/pad/brush.py
const STYLE = `
  :host { display: inline-block; min-width: 14rem; font: inherit; }
  :host([hidden]) { display: none; }
  .field { display: grid; grid-template-columns: 1fr auto; border: 1px solid; border-radius: 3px; background: Field; color: FieldText; }
  .field:focus-within { outline: 2px solid Highlight; outline-offset: 1px; }
  canvas { grid-column: 1 / -1; width: 100%; min-width: 0; height: 4.5rem; touch-action: none; cursor: crosshair; }
  input { min-width: 0; min-height: 2.25rem; padding: 0 .5em; border: 0; border-top: 1px dashed; outline: 0; background: none;
    color: inherit; font: inherit; }
  button { min-width: 2.75rem; border: 0; border-top: 1px dashed; border-inline-start: 1px dashed; background: none; color: inherit;
    font: inherit; }
  button:focus-visible { outline: 2px solid Highlight; }
  .note { margin: 0; min-height: 1.4em; font-size: .875em; }
  :host(:disabled) { opacity: .6; } :host(:disabled) canvas { pointer-events: none; }
`;

// Fill a shadow root.
export function build(root) {
  const sheet = new CSSStyleSheet(); // not <style>, which a page's policy may forbid
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const add = (parent, tag, properties) => parent.appendChild(Object.assign(document.createElement(tag), properties));
  const label = add(root, "label", { htmlFor: "typed", part: "label" });
  const field = add(root, "div", { className: "field", part: "field" });
  const pad = add(field, "canvas", { part: "pad", ariaHidden: "true" });
  const typed = add(field, "input", { id: "typed", part: "typed", autocomplete: "off" });
  const button = add(field, "button", { type: "button", part: "clear", textContent: "×" });
  const note = add(root, "p", { id: "note", className: "note", part: "note", role: "status" });
  typed.setAttribute("aria-describedby", "note");
  return { label, pad, typed, button, note };
}

export function ink(context, strokes, scale, height, colour) {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  Object.assign(context, { lineCap: "round", lineJoin: "round", lineWidth: PEN * height, strokeStyle: colour });
  for (const points of strokes) {
    context.beginPath();
    context.moveTo(...points[0]);
    for (const point of points) context.lineTo(...point);
    context.stroke();
  }
}

// Return ImageData of strokes, black on white, as the reader was trained.
export function imageOf({ clientWidth, clientHeight }, strokes) {
  const scale = Math.min(RASTER.height / clientHeight, RASTER.width / clientWidth);
  const size = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
  const [width, height] = size;
  const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d", { willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  ink(context, strokes, scale, clientHeight, "black");
  return context.getImageData(0, 0, width, height);
}
