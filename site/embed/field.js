// <inkling-number>: a form field to write a number into. docs/embed.md says how to use it.
//
// `make site` packs this and the modules that it imports into embed.js. That is a classic script without exports, so that any
// static host can serve it to pages of other origins. Python runs in a hidden frame of the site (embed.html), made when a pad
// is first touched. Whatever happens to it, the field can be typed into.
import { WORDS, VALUES, shown, valueOf } from "./values.js";
import { frameOf } from "./frame.js";
import { build, imageOf, ink } from "./ink.js";

const HOME = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
const REST_MS = 800; // without the pen: then what was written counts as finished

class InklingNumber extends HTMLElement {
  static formAssociated = true;
  static observedAttributes = ["label", "required", "min", "max", "digits", "kind", "value", "lang"];
  static site = HOME?.src ? new URL("./", HOME.src).href : null; // of all fields without an attribute `site`

  #internals = this.attachInternals();
  #parts = build(this.attachShadow({ mode: "open", delegatesFocus: true }));
  #strokes = []; // of points [x, y] in the pad's CSS pixels
  #pointer = null; // the id of the one that draws
  #penSeen = false; // then touch does not draw
  #value = "";
  #confidence = null; // of the last reading
  #isPending = false; // ink waits for its reading
  #custom = ""; // the sentence that setCustomValidity was given
  #isChanged = false; // since the last `change` event
  #rest = 0; // timer of the pen's rest

  constructor() {
    super();
    const { pad, typed, button } = this.#parts;
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerenter"])
      pad.addEventListener(name, (event) => this.#draw(event));
    typed.addEventListener("input", (event) => (event.stopPropagation(), this.#onTyped()));
    typed.addEventListener("change", () => this.#commit());
    typed.addEventListener("keydown", ({ key }) => key === "Enter" && this.form?.requestSubmit());
    button.addEventListener("click", () => (this.clear(), typed.focus(), this.#tell("input"), this.#commit()));
    new ResizeObserver(() => this.#paint()).observe(pad);
  }

  connectedCallback() {
    if (!this.#parts.typed.value) this.formResetCallback();
    this.attributeChangedCallback();
  }

  attributeChangedCallback(name) {
    const { label, typed, button } = this.#parts;
    label.textContent = this.label;
    const said = this.label || [...this.labels].map(({ textContent }) => textContent.trim()).join(" ");
    typed.setAttribute("aria-label", said);
    typed.setAttribute("aria-required", this.required);
    typed.inputMode = this.kind === "integer" && !(this.min < 0) ? "numeric" : "text";
    button.setAttribute("aria-label", `${this.#words.clear}: ${said}`);
    if (name === "value") this.formResetCallback();
    this.#validate();
  }

  formResetCallback() {
    this.value = this.getAttribute("value") ?? "";
  }

  formStateRestoreCallback(text) {
    this.#take(text, null);
  }

  formDisabledCallback(isDisabled) {
    this.#parts.typed.disabled = this.#parts.button.disabled = isDisabled;
  }

  // ---- What a page may ask for and set ----

  get value() {
    return this.#value;
  }
  set value(value) {
    this.clear();
    this.#take(shown(this.kind, String(value), this.#locale), null);
  }
  get confidence() {
    return this.#confidence;
  }
  get kind() {
    const kind = this.getAttribute("kind");
    return Object.hasOwn(VALUES, kind ?? "") ? kind : "integer";
  }
  get type() {
    return this.localName;
  }
  get form() {
    return this.#internals.form;
  }
  get labels() {
    return this.#internals.labels;
  }
  get validity() {
    return this.#internals.validity;
  }
  get validationMessage() {
    return this.#internals.validationMessage;
  }
  get willValidate() {
    return this.#internals.willValidate;
  }
  checkValidity() {
    return this.#internals.checkValidity();
  }
  reportValidity() {
    return this.#internals.reportValidity();
  }
  setCustomValidity(sentence) {
    this.#custom = String(sentence);
    this.#validate();
  }
  clear() {
    this.#strokes = [];
    this.#isPending = false;
    this.#paint();
    this.#take("", null);
    this.#say("write");
  }

  // ---- From the pen to the value ----

  #draw(event) {
    const { type, pointerId, pointerType, isPrimary, button, offsetX, offsetY } = event;
    this.#penSeen ||= pointerType === "pen";
    if (type === "pointerdown") {
      const isPalm = this.#penSeen && pointerType === "touch";
      if (this.matches(":disabled") || this.#pointer !== null || !isPrimary || button || isPalm) return;
      event.preventDefault();
      this.#parts.pad.setPointerCapture(pointerId);
      this.#pointer = pointerId;
      this.#strokes.push([]);
      this.#connect(); // Python starts while the first digit is being written
    }
    if (pointerId !== this.#pointer) return;
    if (type === "pointerdown" || type === "pointermove") this.#strokes.at(-1).push([offsetX, offsetY]);
    else this.#lift();
    this.#paint();
  }

  #lift() {
    this.#pointer = null;
    this.#isPending = true;
    this.#validate();
    this.#read(this.#strokes, this.#strokes.length);
  }

  // Return the frame that reads, which is made if there is none.
  #connect() {
    clearTimeout(this.#rest);
    const frame = frameOf(this.getAttribute("site") ?? InklingNumber.site);
    this.#say(!frame.isReady ? "start" : this.#isPending ? "wait" : "write");
    return frame;
  }

  async #read(strokes, count) {
    const isNewest = () => strokes === this.#strokes && count === strokes.length;
    try {
      const frame = this.#connect();
      await frame.ready;
      if (!isNewest()) return;
      this.#say("wait");
      const { text, confidence } = await frame.ask(imageOf(this.#parts.pad, strokes));
      if (!isNewest()) return;
      this.#isPending = false;
      this.#take(text.replace(/\n/g, " "), confidence);
      this.#say(this.#value ? "read" : "odd");
      this.#tell("input");
      this.#rest = setTimeout(() => this.#commit(), REST_MS);
    } catch {
      if (isNewest()) this.#lose();
    }
  }

  #lose() {
    this.#isPending = false;
    this.#validate();
    this.#say("lost");
  }

  #onTyped() {
    this.#strokes = [];
    this.#isPending = false;
    this.#paint();
    this.#take(this.#parts.typed.value, null);
    this.#say("write");
    this.#tell("input");
  }

  // Take a text, read or typed, for the field's own: show it, and submit the value that it stands for.
  #take(text, confidence) {
    if (this.#parts.typed.value !== text) this.#parts.typed.value = text;
    this.#value = valueOf(this.kind, text, this.#locale) ?? "";
    this.#confidence = confidence;
    this.#internals.setFormValue(this.#value, text);
    this.#validate();
  }

  #tell(type) {
    this.#isChanged = true;
    this.dispatchEvent(new Event(type, { bubbles: true, composed: type === "input" }));
  }

  #commit() {
    clearTimeout(this.#rest);
    if (this.#isChanged) this.#tell("change");
    this.#isChanged = false;
  }

  #validate() {
    const { typed } = this.#parts;
    const words = this.#words;
    const isBeyond = (a, b) => a && b && (this.kind === "date" ? a > b : Number(a) > Number(b));
    const digits = this.#value.replace(/\D/g, "").length;
    const checks = {
      customError: this.#custom || (this.#isPending && words.wait),
      badInput: typed.value && !this.#value && words[this.kind],
      valueMissing: this.required && !this.#value && words.missing,
      rangeUnderflow: isBeyond(this.min, this.#value) && words.min.replace("{}", this.min),
      rangeOverflow: isBeyond(this.#value, this.max) && words.max.replace("{}", this.max),
      patternMismatch: digits && this.digits && digits !== Number(this.digits) && words.digits.replace("{}", this.digits),
    };
    const [flag, sentence] = Object.entries(checks).find(([, sentence]) => sentence) ?? [];
    typed.setAttribute("aria-invalid", Boolean(typed.value && flag && !this.#isPending));
    this.#internals.setValidity(flag ? { [flag]: true } : {}, sentence, typed);
  }

  // ---- The field on the screen ----

  get #locale() {
    return this.closest("[lang]")?.lang || navigator.language;
  }

  get #words() {
    return WORDS[this.#locale.slice(0, 2)] ?? WORDS.en;
  }

  #say(key) {
    const share = new Intl.NumberFormat(this.#locale, { style: "percent" }).format(this.#confidence ?? 0);
    const said = this.#words[key].replace("{text}", this.#value).replace("{share}", share);
    const problem = key === "read" && !this.validity.valid ? ` ${this.validationMessage}` : "";
    this.#parts.note.textContent = said + problem;
  }

  #paint() {
    const { pad } = this.#parts;
    pad.width = pad.clientWidth * devicePixelRatio;
    pad.height = pad.clientHeight * devicePixelRatio;
    ink(pad.getContext("2d"), this.#strokes, devicePixelRatio, pad.clientHeight, getComputedStyle(pad).color);
  }
}

// ---- Properties that reflect an attribute ----

const define = (name, accessors) => Object.defineProperty(InklingNumber.prototype, name, { configurable: true, ...accessors });
for (const name of ["required", "disabled"])
  define(name, {
    get() {
      return this.hasAttribute(name);
    },
    set(is) {
      this.toggleAttribute(name, is);
    },
  });
for (const name of ["name", "label", "min", "max", "digits"])
  define(name, {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(text) {
      this.setAttribute(name, text);
    },
  });

if (!customElements.get("inkling-number")) {
  customElements.define("inkling-number", InklingNumber);
  globalThis.InklingNumber = InklingNumber;
}
