// Where the report comes from: the page itself, or the extension's background by a port.
import { api } from '../../api.js';

/** @typedef {{report: any, texts: any, proofs: any}} Parts */

export const SCHEMA = 'affiant.report/1';
export const DIFF = 'affiant.diff/1';
export const ENGINES = 'affiant.engines/1';

/** What has to be there: lists, and objects. @type {Record<string, [string[], string[]]>} */
const MEMBERS = {
  [SCHEMA]: [['sessions', 'cookies', 'storage', 'requests', 'techniques', 'consent_states', 'findings'], ['case', 'declaration', 'tool']],
  [DIFF]: [['said', 'done', 'findings', 'limits'], ['before', 'after']],
  [ENGINES]: [['engines', 'missing', 'limits'], []],
};

/** An element's JSON; its text is let go of, since a large report would be held twice. @param {string} id */
function element(id) {
  const holder = document.getElementById(id);
  const text = holder?.textContent ?? '';
  return text.trim() === '' ? null : JSON.parse(text);
}

/** What `affiant report --format html` put into the page. @returns {Parts} */
export const inlined = () => ({ report: element('report'), texts: element('texts'), proofs: element('proofs') });

/**
 * What the background posts to a port named "report": {part, json, done}, pieces of each part in order, `done` with its last. Or {error}.
 * @param {{postMessage?: (message: any) => void, onMessage: any, onDisconnect: any}} port @returns {Promise<Parts>}
 */
export function fromPort(port) {
  /** @type {Record<string, string>} */
  const text = { report: '', texts: '', proofs: '' };
  const done = new Set();
  return new Promise((resolve, reject) => {
    const end = () => {
      try {
        const part = (/** @type {string} */ name) => (done.has(name) && text[name] !== '' ? JSON.parse(text[name] ?? '') : null);
        if (!done.has('report')) throw new Error('the connection ended before the report had come');
        resolve({ report: part('report'), texts: part('texts'), proofs: part('proofs') });
      } catch (error) {
        reject(error);
      }
    };
    port.onMessage.addListener((/** @type {any} */ message) => {
      if (typeof message?.error === 'string') return reject(new Error(message.error));
      if (typeof message?.part !== 'string' || !Object.hasOwn(text, message.part) || typeof message.json !== 'string') return;
      text[message.part] += message.json;
      if (message.done === true) done.add(message.part);
      if (done.size === 3) end();
    });
    port.onDisconnect.addListener(end);
  });
}

/** @returns {Promise<Parts>} */
export const fromExtension = () => fromPort(api.runtime.connect({ name: 'report' }));

/** Why a report cannot be shown, or nothing: the key of a message and what it is about. @param {any} report @returns {[string, string] | null} */
export function refusal(report) {
  if (report === null || typeof report !== 'object') return ['report_no_report', ''];
  const members = typeof report.schema === 'string' && Object.hasOwn(MEMBERS, report.schema) ? MEMBERS[report.schema] : undefined;
  if (!members) return ['report_other_schema', typeof report.schema === 'string' ? report.schema : '–'];
  const [lists, objects] = members;
  const missing = [...lists.filter((name) => !Array.isArray(report[name])), ...objects.filter((name) => typeof report[name] !== 'object' || report[name] === null)];
  return missing.length > 0 ? ['report_incomplete', missing.join(', ')] : null;
}
