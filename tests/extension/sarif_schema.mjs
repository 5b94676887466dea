// OASIS's schema of SARIF 2.1.0 (errata 01's, "rtm.5"), as npm @microsoft/jest-sarif (MIT) brings it; nothing of it is shipped.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Ajv = require('ajv');
const ajv = new Ajv({ schemaId: 'id', allErrors: true, meta: false, unknownFormats: 'ignore' });
const draft4 = require('ajv/lib/refs/json-schema-draft-04.json');
ajv.addMetaSchema(draft4);
ajv._opts.defaultMeta = draft4.id;
const valid = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

/** @param {any} log @returns {string[]} where it is not as the schema has it */
export const sarifProblems = (log) => (valid(log) ? [] : (valid.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`));
