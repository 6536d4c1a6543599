// The value that a text stands for, as a form submits it; and what a field says, in two languages.

export const WORDS = {
  en: {
    clear: "Clear",
    write: "Write here, or type.",
    start: "Starting to read …",
    wait: "Reading …",
    read: "Read {text}, {share}.",
    odd: "This was not read. Write it again, or type it.",
    lost: "Handwriting cannot be read now. Please type.",
    missing: "Please fill in this field.",
    integer: "This is not a whole number.",
    decimal: "This is not a number.",
    date: "This is not a date with day, month and four digits of the year.",
    min: "The least is {}.",
    max: "The most is {}.",
    digits: "It has to have {} digits.",
  },
  de: {
    clear: "Leeren",
    write: "Hier schreiben oder tippen.",
    start: "Das Lesen wird vorbereitet …",
    wait: "Wird gelesen …",
    read: "Gelesen: {text}, {share}.",
    odd: "Das wurde nicht gelesen. Schreiben Sie es noch einmal, oder tippen Sie es.",
    lost: "Handschrift kann jetzt nicht gelesen werden. Bitte tippen Sie.",
    missing: "Bitte füllen Sie dieses Feld aus.",
    integer: "Das ist keine ganze Zahl.",
    decimal: "Das ist keine Zahl.",
    date: "Das ist kein Datum mit Tag, Monat und vier Ziffern des Jahres.",
    min: "Es ist mindestens {}.",
    max: "Es ist höchstens {}.",
    digits: "Es müssen {} Ziffern sein.",
  },
};

// By kind: the value of a text without spaces, null if it has none.
export const VALUES = { integer, decimal, date };

// Return the value of a text that was read or typed, null if it has none. Marks mean what they do in the locale.
export function valueOf(kind, text, locale) {
  return VALUES[kind](text.replace(/[\s']/g, "").replace("−", "-"), locale);
}

// Return the text of a value as it is shown in the locale.
export function shown(kind, value, locale) {
  return kind === "decimal" ? value.replace(".", decimalMark(locale)) : value;
}

function integer(text) {
  if (/^[+-]?\d{1,3}(([.,])\d{3})(\2\d{3})*$/.test(text)) return text.replace(/[.,]/g, "");
  return /^[+-]?\d+$/.test(text) ? text : null;
}

// "3,5" -> "3.5". One mark before three digits is the locale's decimal mark, or parts thousands.
function decimal(text, locale) {
  if (!/^[+-]?(\d+([.,]\d+)*|[.,]\d+)$/.test(text)) return null;
  const marks = text.match(/[.,]/g) ?? [];
  if (new Set(marks.slice(0, -1)).size > 1) return null; // 1,234.567,8
  const isOneMark = marks.length === 1;
  const isGrouped = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(text);
  const isWhole = isOneMark ? isGrouped && marks[0] !== decimalMark(locale) : marks[0] === marks.at(-1);
  if (!marks.length || isWhole) return marks.length && !isGrouped ? null : text.replace(/[.,]/g, "");
  const end = text.lastIndexOf(marks.at(-1));
  const whole = text.slice(0, end);
  if (!isOneMark && !/^[+-]?\d{1,3}([.,]\d{3})+$/.test(whole)) return null;
  return `${whole.replace(/[.,]/g, "").replace(/^([+-]?)$/, "$10")}.${text.slice(end + 1)}`;
}

function decimalMark(locale) {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal").value;
}

// "12.5.2026" -> "2026-05-12". With slashes and dashes the locale says whether the day or the month is first. If only one of
// both orders is a date, it is that.
function date(text, locale) {
  const [, first, mark, second, third] = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/.exec(text) ?? [];
  if (!first || (first.length === 4) === (third.length === 4)) return null;
  if (first.length === 4) return third.length > 2 ? null : day(first, second, third);
  if (first.length > 2) return null;
  const dayFirst = day(third, second, first);
  if (mark === ".") return dayFirst;
  const monthFirst = day(third, first, second);
  const order = new Intl.DateTimeFormat(locale).formatToParts().map(({ type }) => type);
  return order.indexOf("day") < order.indexOf("month") ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst);
}

function day(...parts) {
  const [year, month, date] = parts.map(Number);
  const found = new Date(Date.UTC(year, month - 1, date));
  const exists = found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
  return exists ? found.toISOString().slice(0, 10) : null;
}
