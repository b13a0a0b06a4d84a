/** Why something cannot be done yet, by the code of the refusal. */
export const BLOCKED_WORDS: Readonly<Record<string, string>> = {
  'incident.held': 'Somebody else holds it.',
  'incident.not-held': 'Claim it first.',
  'incident.not-played': 'Play the whole flagged range first.',
  'incident.conflict-of-interest': 'It concerns you, your organisation or your commission.',
  'incident.same-person': 'You have given your finding already.',
  'incident.second-needed': 'Another person of triage has to agree.',
  'incident.too-early': 'Not yet.',
  'incident.reopen-not-asked': 'Nobody has asked for it.',
  'incident.merge-invalid': 'There is nothing to merge it into.',
  'incident.facts-missing': 'Category and severity come first.',
  'access.step-up-needed': 'Asks for the code of your second factor.',
};
