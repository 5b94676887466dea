// What `--format sarif` writes is held against OASIS's own schema; report_test and e2e_gate hold it against what affiant means by it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { sarifProblems } from './sarif_schema.mjs';

const golden = () => JSON.parse(fs.readFileSync(new URL('../golden/report_shop.sarif', import.meta.url), 'utf8'));

test('TheGoldenSarifIsValidByTheOfficialSchema', () => {
  assert.deepEqual(sarifProblems(golden()), []);
});

test('TheOfficialSchemaRefusesWhatIsNotSarif', () => {
  const changes = [(s) => { s.version = '2.0.0'; }, (s) => { s.runs[0].results[0].level = 'fatal'; }, (s) => { delete s.runs[0].tool; }, (s) => { s.runs[0].results[0].undescribed = 1; },
    (s) => { s.runs[0].results[0].locations[0].physicalLocation.region = { byteOffset: 'two' }; }];
  for (const change of changes) {
    const bad = golden();
    change(bad);
    assert.notDeepEqual(sarifProblems(bad), [], change.toString());
  }
});
