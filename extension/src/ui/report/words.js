// The words for what a report holds. Pure.

export const STRENGTHS = ['contradicted', 'undeclared', 'vague', 'note'];

/** @type {Record<string, string>} */
export const MEANING = {
  contradicted: 'done, although the site says that it is not',
  undeclared: 'done, and nowhere said',
  vague: 'done, and said only in general words',
  note: 'worth knowing; no reproach',
};

/** @type {Record<string, Record<string, string>>} what each word of the log's verdict means to a reader */
export const VERDICTS = {
  integrity: {
    intact: 'The entries are exactly those that were signed.',
    'unsigned-tail': 'The signed entries are as they were; some after them are signed by nobody.',
    broken: 'This is not what was signed. Nothing in it can be relied on.',
  },
  key: {
    pinned: 'Signed under the key that was given.',
    unpinned: 'Somebody signed this; nothing in it can prove who.',
    mismatch: 'Not signed under the key that was given: somebody else made this record.',
  },
  complete: {
    complete: 'Every event that the recorder received is here. What the browser hid is not known.',
    gaps: 'Some events never reached the log, and it says so.',
    open: 'The log is not sealed.',
    partial: 'Some entries are not shown, only that they are there.',
    'ended-abnormally': 'A session has no proper end.',
  },
  time: {
    claimed: 'Times are of the recorder’s own clock; no outsider vouches for them.',
    stamped: 'There is a time stamp, and nobody has vouched for its authority yet.',
    anchored: 'An authority that the reader trusts says that the record existed by its time.',
    mismatch: 'The authority that was given vouches for none of the time stamps.',
  },
};

/** @param {number} n @param {string} one @param {string} [many] */
export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** @param {number | null} seconds @param {boolean} session */
export function lifetime(seconds, session) {
  if (session) return 'session';
  if (seconds === null || seconds === undefined) return '';
  const units = /** @type {[number, string][]} */ ([[86_400, 'day'], [3_600, 'hour'], [60, 'minute'], [1, 'second']]);
  const [size, name] = units.find(([s]) => seconds >= s) ?? [1, 'second'];
  return count(Math.round(seconds / size), name);
}

/** @param {string} moment RFC 3339 */
export const time = (moment) => moment.replace('T', ' ').replace(/\.\d+/, '').replace('Z', ' UTC');

/** Hosts in bold would be markup; long addresses are cut in the middle instead. @param {string} text @param {number} most */
export const shortened = (text, most = 120) => text.length <= most ? text : `${text.slice(0, most - 21)}…${text.slice(-20)}`;
