// What the labels of consent banners mean, and what a request's body says.
import assert from 'node:assert/strict';
import test from 'node:test';
import { LABELS, TOPIC } from '../../extension/src/consent/words.js';
import { bodyText } from '../../extension/src/observe/bodies.js';

const kindOf = (label) => LABELS.find(([, sources]) => new RegExp(sources.join('|'), 'iu').test(label))?.[0] ?? null;

test('LabelsInSixLanguagesAreTold', () => {
  const table = {
    reject: ['Reject all', 'Decline', 'I do not accept', 'Only necessary cookies', 'Essential only', 'Continue without accepting', 'No, thanks', 'Alle ablehnen', 'Nur notwendige Cookies', 'Ohne Einwilligung fortfahren',
      'Tout refuser', 'Continuer sans accepter', 'Rechazar todo', 'Continuar sin aceptar', 'Solo necesarias', 'Rifiuta tutti', 'Continua senza accettare', 'Weigeren', 'Alleen noodzakelijke cookies', 'Doorgaan zonder te accepteren'],
    accept: ['Accept all', 'I agree', 'Got it!', 'OK', 'Alle akzeptieren', 'Zustimmen', 'Tout accepter', 'J’accepte', 'Aceptar', 'Accetta tutti', 'Accetto', 'Alles accepteren', 'Akkoord'],
    settings: ['Manage preferences', 'Cookie settings', 'Einstellungen', 'Personnaliser', 'Configurar', 'Personalizza', 'Instellingen', 'More options'],
    save: ['Save preferences', 'Confirm my choices', 'Auswahl speichern', 'Enregistrer', 'Guardar preferencias', 'Salva', 'Opslaan', 'Allow selection'],
  };
  for (const [kind, labels] of Object.entries(table)) for (const label of labels) assert.equal(kindOf(label), kind, label);
  for (const label of ['Privacy policy', 'Learn more', 'Newsletter', 'Log in', 'Weiter einkaufen']) assert.equal(kindOf(label), null, label);
});

test('TheKindsKeepTheirOrderOnTheWayIntoAPage', () => {
  assert.deepEqual(structuredClone(LABELS).map(([kind]) => kind), ['reject', 'save', 'settings', 'accept']);
  assert.ok(new RegExp(TOPIC, 'iu').test('Wir bitten um Ihre Einwilligung'));
});

test('ABodyIsReadAsTextAndWhatIsNotHandedOutIsSaidToBeNone', () => {
  const bytes = (text) => ({ bytes: new TextEncoder().encode(text).buffer });
  assert.deepEqual(bodyText({ raw: [bytes('{"a":'), bytes('1}')] }), { size: 7, value: '{"a":1}' });
  assert.deepEqual(bodyText({ formData: { mail: ['a@b.example'], x: ['1', '2'] } }), { size: 26, value: 'mail=a%40b.example&x=1&x=2' });
  assert.deepEqual(bodyText({ raw: [{ file: 'photo.jpg' }] }), { size: 0, value: null });
  assert.deepEqual(bodyText({ error: 'unknown' }), { size: 0, value: null });
  const long = bodyText({ raw: [bytes('x'.repeat(100_000))] });
  assert.deepEqual([long.size, long.value.length], [100_000, 64_000]);
});
