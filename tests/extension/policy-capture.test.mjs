import assert from 'node:assert/strict';
import test from 'node:test';
import { parseHTML } from 'linkedom';
import { captureBlocks, collectLinks } from '../../extension/src/policy-capture.js';

/** Runs `func` with a page's globals, as scripting.executeScript does. */
function inPage(html, func, { contentType = 'text/html', display = {} } = {}) {
  const { document } = parseHTML(html);
  const fake = new Proxy(document, { get: (target, name) => {
    if (name === 'contentType') return contentType;
    if (name === 'location') return { href: 'https://shop.example/privacy' };
    if (name === 'baseURI') return 'https://shop.example/privacy';
    const value = Reflect.get(target, name, target);
    return typeof value === 'function' ? value.bind(target) : value;
  } });
  globalThis.document = fake;
  globalThis.getComputedStyle = (el) => ({ display: display[el.id] ?? '', visibility: 'visible', whiteSpace: '' });
  try {
    return func();
  } finally {
    delete globalThis.document;
    delete globalThis.getComputedStyle;
  }
}
const blocksOf = (body, options) => inPage(`<!doctype html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`, captureBlocks, options).blocks;
const texts = (body, options) => blocksOf(body, options).map((b) => b.text);

test('HeadingsParagraphsAndItemsComeInDocumentOrder', () => {
  assert.deepEqual(blocksOf('<h2>Cookies</h2><p>We  use\n cookies.</p><ul><li>one</li><li>two<ol><li>deep</li></ol>after</li></ul>'), [
    { kind: 'heading', level: 2, text: 'Cookies' },
    { kind: 'paragraph', text: 'We use cookies.' },
    { kind: 'item', list: 0, depth: 1, ordered: false, text: 'one' },
    { kind: 'item', list: 0, depth: 1, ordered: false, text: 'two' },
    { kind: 'item', list: 1, depth: 2, ordered: true, text: 'deep' },
    { kind: 'item', list: 0, depth: 1, ordered: false, text: 'after' },
  ]);
});

test('LineBreaksStayAndInlineMarkupDoesNotPartWords', () => {
  assert.deepEqual(texts('<p>one<br>two <b>bo</b>ld <i>x</i></p>loose <span>text</span><div>next</div>'), ['one\ntwo bold x', 'loose text', 'next']);
});

test('CellsKnowTheirPlaceUnderSpans', () => {
  const cells = blocksOf('<table><thead><tr><th>Name</th><th colspan="2">Life</th></tr></thead><tbody><tr><td rowspan="2">_ga</td><td>2 years</td><td></td></tr><tr><td>1 day</td><td>x</td></tr></tbody></table>');
  assert.deepEqual(cells.map((c) => [c.row, c.col, c.header, c.rowspan, c.colspan, c.text]), [
    [0, 0, true, 1, 1, 'Name'], [0, 1, true, 1, 2, 'Life'],
    [1, 0, false, 2, 1, '_ga'], [1, 1, false, 1, 1, '2 years'], [1, 2, false, 1, 1, ''],
    [2, 1, false, 1, 1, '1 day'], [2, 2, false, 1, 1, 'x'],
  ]);
  assert.ok(cells.every((c) => c.kind === 'cell' && c.table === 0));
});

test('ACellIsOneBlockWhateverIsInIt', () => {
  const cells = blocksOf('<table><tr><td><p>_ga</p><p>_gid</p></td><td>a<br>b<ul><li>c</li><li>d</li></ul></td></tr></table>');
  assert.deepEqual(cells.map((c) => c.text), ['_ga\n_gid', 'a\nb\nc\nd']);
});

test('ATableAroundOtherTablesLaysOutThePage', () => {
  const blocks = blocksOf('<table><tr><td><h1>Policy</h1><p>Text</p><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>');
  assert.deepEqual(blocks.map((b) => b.kind), ['heading', 'paragraph', 'cell', 'cell']);
  assert.deepEqual(texts('<table><tr><td>Only one cell</td></tr></table>'), ['Only one cell']);
});

test('TablesWithoutTableElementsAreReadByTheirRoles', () => {
  const cells = blocksOf('<div role="table"><div role="row"><div role="columnheader">Name</div><div role="columnheader">Life</div></div><div role="row"><div role="cell">_ga</div><div role="cell">1 y</div></div></div>');
  assert.deepEqual(cells.map((c) => [c.kind, c.row, c.col, c.header, c.text]), [['cell', 0, 0, true, 'Name'], ['cell', 0, 1, true, 'Life'], ['cell', 1, 0, false, '_ga'], ['cell', 1, 1, false, '1 y']]);
});

test('WhatIsHiddenIsThereAndSaysSo', () => {
  const blocks = blocksOf('<p>seen</p><div id="fold"><p>folded</p></div><details><summary>More</summary><p>inside</p></details><details open><summary>Open</summary>out</details><p hidden>attr</p>', { display: { fold: 'none' } });
  assert.deepEqual(blocks.map((b) => [b.text, b.hidden === true]), [['seen', false], ['folded', true], ['More', false], ['inside', true], ['Open', false], ['out', false], ['attr', true]]);
});

test('HiddenTextDoesNotRunIntoVisibleText', () => {
  assert.deepEqual(blocksOf('<p>visible <span id="s">secret</span> again</p>', { display: { s: 'none' } }).map((b) => [b.text, b.hidden === true]), [['visible', false], ['secret', true], ['again', false]]);
});

test('ScriptsStylesAndFormsAreNoText', () => {
  assert.deepEqual(texts('<script>var a</script><style>p{}</style><noscript>no</noscript><template>t</template><textarea>t</textarea><select><option>o</option></select><p>text</p><button>Accordion head</button>'), ['text', 'Accordion head']);
});

test('LinksAreKeptWithTheirTargetsAtMostFifty', () => {
  const [block] = blocksOf('<p>See <a href="/opt-out">the opt-out</a> and <a name="x">no link</a>.</p>');
  assert.deepEqual(block, { kind: 'paragraph', text: 'See the opt-out and no link.', links: [{ text: 'the opt-out', href: 'https://shop.example/opt-out' }] });
  assert.equal(blocksOf(`<p>${'<a href="/a">l</a> '.repeat(80)}</p>`)[0].links.length, 50);
});

test('DefinitionListsAreItems', () => {
  assert.deepEqual(blocksOf('<dl><dt>_ga</dt><dd>2 years</dd></dl>').map((b) => [b.kind, b.text]), [['item', '_ga'], ['item', '2 years']]);
});

test('PlainTextBecomesParagraphsWithWrappedLinesJoined', () => {
  const long = 'We do not use any cookies for advertising and we never will, whatever';
  const result = inPage(`<html><body><pre>PRIVACY\n\n${long}\nanyone offers us.\nIt is so.\n\n- one\n- two\n</pre></body></html>`, captureBlocks, { contentType: 'text/plain' });
  assert.deepEqual(result.blocks.map((b) => b.text), ['PRIVACY', `${long} anyone offers us.\nIt is so.`, '- one\n- two']);
});

test('PreformattedTextKeepsItsLinesAndPartsAtEmptyOnes', () => {
  assert.deepEqual(texts('<pre>one\ntwo\n\nthree</pre>'), ['one\ntwo', 'three']);
});

test('FiftyThousandNestedElementsAreWalkedWithoutRecursion', () => {
  // Built without a parser: a parser's own limits are not what is asked here.
  const { document } = parseHTML('<html><body></body></html>');
  let at = document.body;
  for (let i = 0; i < 50_000; i++) { const el = document.createElement('div'); at.appendChild(el); at = el; }
  at.appendChild(document.createTextNode('the end'));
  globalThis.document = document;
  try {
    assert.deepEqual(captureBlocks().blocks.map((b) => b.text), ['the end']);
  } finally {
    delete globalThis.document;
  }
});

test('LimitsAreKeptAndAdmitted', () => {
  const many = inPage(`<html><body>${'<p>x</p>'.repeat(50)}</body></html>`, () => captureBlocks({ maxBlocks: 10 }));
  assert.equal(many.blocks.length, 10);
  assert.equal(many.truncated, true);
  assert.equal(inPage('<html><body><p>x</p></body></html>', captureBlocks).truncated, false);
});

test('LanguageAndTitleAreThePagesOwnOrNothing', () => {
  const result = inPage('<html><head></head><body><p>x</p></body></html>', captureBlocks);
  assert.deepEqual([result.lang, result.title], [null, null]);
});

test('TheFunctionsStandAlone', () => {
  // executeScript sends their source: a reference to anything of the module would fail in the page only.
  for (const func of [captureBlocks, collectLinks])
    assert.doesNotThrow(() => inPage('<html><body><a href="/p">x</a><p>y</p></body></html>', new Function(`return (${func.toString()})`)()));
});

test('LinksAreCollectedInDocumentOrderWithTheirSurroundings', () => {
  const links = inPage('<html><head><link rel="privacy-policy" href="/pp"></head><body><nav><a href="/a">A</a></nav><a href="b" aria-label="Bee"></a><a>none</a><footer><a href="/p" download> Privacy\n policy </a></footer></body></html>', collectLinks);
  assert.deepEqual(links.map((l) => [l.text, l.href, l.area, l.download]), [['', 'https://shop.example/pp', '', false], ['A', 'https://shop.example/a', 'nav', false], ['Bee', 'https://shop.example/b', '', false], ['Privacy policy', 'https://shop.example/p', 'footer', true]]);
});
