// The words on the buttons of consent banners, in six languages, as sources of regular expressions; what a label says is decided by the first
// kind that fits, in this order. Data: another language is one more line in each list.

/** @typedef {'reject' | 'save' | 'settings' | 'accept'} ButtonKind */

/** @type {Record<ButtonKind, string[]>} */
const WORDS = {
  reject: [
    '^(?:i )?(?:reject|decline|refuse|deny|disagree|object)\\b(?!.*(?:manage|settings|preferences|options))', '\\b(?:reject|decline|refuse|deny|disable) (?:all|everything|cookies|optional|non|additional|tracking)',
    '\\b(?:only|just) (?:use |accept |allow )?(?:the )?(?:strictly )?(?:necessary|essential|required|functional)', '\\b(?:necessary|essential|required)(?: cookies)? only\\b', '\\b(?:accept|allow|use) (?:strictly )?(?:necessary|essential|required)\\b',
    'continue without (?:accepting|agreeing|consent)', '\\b(?:do not|don.t) (?:accept|agree|allow|consent)', '^no(?:,? (?:thanks|thank you))?$',
    'ablehnen', 'verweigern', 'widersprechen', '\\bnur (?:die )?(?:technisch )?(?:notwendige|erforderliche|essenzielle|essentielle)', 'ohne (?:einwilligung|zustimmung|zu akzeptieren)', 'nicht (?:akzeptieren|zustimmen|einverstanden)',
    '\\brefuser\\b', '\\b(?:je refuse|rejeter)\\b', 'sans accepter', '(?:uniquement|seulement) (?:les )?(?:cookies )?(?:strictement )?(?:nécessaires|essentiels)', 'ne pas accepter',
    '\\b(?:rechazar|denegar)\\b', '\\brechazo\\b', 'sin aceptar', '\\bno acept', 'solo (?:las |los )?(?:cookies )?(?:estrictamente )?(?:necesarias|esenciales)',
    '\\b(?:rifiuta|rifiuto|nega|rifiutare)\\b', 'senza accettare', '\\bnon accett', 'sol[oi] (?:i )?(?:cookie )?(?:strettamente )?(?:necessari|essenziali|tecnici)',
    '\\b(?:weigeren|afwijzen)\\b', 'zonder (?:te )?(?:accepteren|toestemming)', 'niet (?:accepteren|akkoord|toestaan)', 'alleen (?:de )?(?:noodzakelijke|functionele|essentiële)',
  ],
  save: [
    '\\b(?:save|confirm|submit|apply|done)\\b', 'speichern|bestätigen|übernehmen|auswahl (?:erlauben|akzeptieren)', 'enregistrer|valider|confirmer|sauvegarder', 'guardar|confirmar|aplicar', 'salva|conferma|applica', 'opslaan|bevestigen',
    'allow selection|accept selected',
  ],
  settings: [
    'manage|settings|preferences|customi[sz]e|options|let me choose|choices', 'einstellungen|anpassen|verwalten|optionen|auswählen|individuell', 'paramétr|personnaliser|gérer|préférences|configurer',
    'configura|personalizar|ajustes|gestionar|preferencias|opciones', 'impostazioni|personalizza|gestisci|preferenze|scegli', 'instellingen|aanpassen|voorkeuren|beheren',
  ],
  accept: [
    '\\b(?:accept|allow|agree|consent|enable all|got it|i understand|ok|okay|yes)\\b', 'akzeptier|annehmen|zulassen|erlauben|zustimmen|einwilligen|einverstanden|verstanden', 'accepter|j.accepte|autoriser|d.accord',
    'aceptar|acepto|permitir|de acuerdo|entendido', 'accett[ao]|acconsent|consenti|ho capito', 'accepteren|akkoord|toestaan|begrepen|^ja\\b',
  ],
};

/** A list, since its order matters and browsers hand objects on with their keys sorted. @type {[ButtonKind, string[]][]} */
export const LABELS = /** @type {any} */ (Object.entries(WORDS));

/** What the text around such buttons speaks of. */
export const TOPIC = 'cookie|consent|track(?:ing|ers)|privacy|partners|datenschutz|einwilligung|traceurs|confidentialité|consentement|privacidad|consentimiento|consenso|riservatezza|toestemming';
