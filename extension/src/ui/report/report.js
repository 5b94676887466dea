// The report viewer: `affiant report --format html` and, later, the extension's page. Reads affiant.report/1 from the page it is in.
import { el } from './dom.js';
import { evidence } from './evidence.js';
import { findings } from './findings.js';
import { headline } from './headline.js';
import { inventory, unseen } from './inventory.js';

/** @param {any} report @param {HTMLElement} main */
export function show(report, main) {
  document.title = `${new URL(report.site).host}: said and done`;
  main.replaceChildren(headline(report), findings(report), inventory(report), unseen(report), evidence(report));
}

const data = document.getElementById('report');
const main = document.querySelector('main');
if (data && main) {
  try {
    show(JSON.parse(data.textContent ?? ''), main);
  } catch (error) {
    main.replaceChildren(el('p', { role: 'alert' }, `This report cannot be shown: ${error instanceof Error ? error.message : error}. The data is in this file, in the element "report".`));
  }
}
