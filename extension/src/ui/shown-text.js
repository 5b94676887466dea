// What others wrote, made fit to be shown as text: short, on one line, and in the order in which it is read. Pure.

// Marks that turn the order of what follows, and controls that show nothing: a name could pretend to be another.
const DISGUISE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const MOST = 200;

/** @param {unknown} text @param {number} [most] characters @returns {string} */
export function clean(text, most = MOST) {
  const whole = String(text ?? '').slice(0, most * 4).replace(/\s+/g, ' ').replace(DISGUISE, '\ufffd');
  const letters = [...whole];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : whole;
}
