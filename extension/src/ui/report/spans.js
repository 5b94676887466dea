// Where quoted words stand in a text. Spans are bytes of the UTF-8 text, blocks know at which byte they begin. Pure.

/** @typedef {import('./model.js').Block} Block */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {Block} block @returns {(from: number, to: number) => string} what stands between two bytes of the text */
function slicer(block) {
  const bytes = encoder.encode(block.text);
  if (bytes.length === block.text.length) return (from, to) => block.text.slice(from - block.at, to - block.at);
  return (from, to) => decoder.decode(bytes.subarray(from - block.at, to - block.at));
}

/** @type {WeakMap<Block, number>} */
const ends = new WeakMap();

/** @param {Block} block */
export function endOf(block) {
  const end = ends.get(block) ?? block.at + encoder.encode(block.text).length;
  ends.set(block, end);
  return end;
}

/**
 * A block cut where spans begin and end; where several cover a piece, the first of `spans` names it.
 * @template {{start: number, end: number}} S @param {Block} block @param {S[]} spans
 * @returns {{text: string, span: S | null, last: S[]}[]} `last`: the spans that end with this piece, or with the line break after it
 */
export function pieces(block, spans) {
  const end = endOf(block);
  const here = spans.filter((s) => s.start < end && s.end > block.at);
  if (here.length === 0) return [{ text: block.text, span: null, last: [] }];
  const cuts = [...new Set([block.at, end, ...here.flatMap((s) => [Math.max(s.start, block.at), Math.min(s.end, end)])])].sort((a, b) => a - b);
  const slice = slicer(block);
  return cuts.slice(1).map((to, n) => {
    const from = /** @type {number} */ (cuts[n]);
    return { text: slice(from, to), span: here.find((s) => s.start <= from && s.end >= to) ?? null, last: here.filter((s) => s.end === to || (to === end && s.end === end + 1)) };
  });
}

/**
 * The blocks around a quotation: those that it touches, of a table the whole row.
 * @param {Block[]} blocks @param {number} start @param {number} end
 */
export function around(blocks, start, end) {
  const touched = blocks.filter((block) => block.at < end && endOf(block) > start);
  const first = touched[0];
  if (!first || first.kind !== 'cell') return touched;
  return blocks.filter((block) => block.kind === 'cell' && block.table === first.table && block.row === first.row);
}
