/** A form field to write a number into, or to type: `<inkling-number name="quantity" label="Quantity">`. */
export declare class InklingNumberElement extends HTMLElement {
  /** Address of the copy of Inkling that reads, ending in "/"; of all fields without an attribute `site`. */
  static site: string | null;

  /** What is submitted, "" if nothing: digits, a decimal number with a point, or a date as yyyy-mm-dd. */
  value: string;
  /** The probability, 0 to 1, that the last reading is right; null if the value was typed or set. */
  readonly confidence: number | null;
  readonly kind: "integer" | "decimal" | "date";
  readonly type: "inkling-number";

  name: string;
  label: string;
  required: boolean;
  disabled: boolean;
  /** The least and the greatest value; of a date as yyyy-mm-dd. */
  min: string;
  max: string;
  /** How many digits the value has to have. */
  digits: string;

  readonly form: HTMLFormElement | null;
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  setCustomValidity(sentence: string): void;
  /** Take away ink and value. */
  clear(): void;
}

declare global {
  var InklingNumber: typeof InklingNumberElement;
  interface HTMLElementTagNameMap {
    "inkling-number": InklingNumberElement;
  }
}
