import { momentIn } from '../time/format';
import { t, textOr } from '../words';

/** Where the words of a fact's values stand, by the name of the fact. */
const VALUES: Readonly<Record<string, string>> = {
  state: 'terms:states',
  outcome: 'terms:outcomes',
  reasonCode: 'terms:reasons',
  quarantine: 'desk:quarantine',
  escalated: 'desk:escalation',
  publication: 'desk:publication',
};
const MOMENTS: readonly string[] = ['at', 'from', 'to'];

/** What a later version of the server freezes as well is shown by its own name. */
export const factName = (name: string): string => textOr(`desk:versions.facts.${name}`, name);

/** A frozen value in words; a value that no word is known for as it is. */
export const factText = (name: string, value: unknown, timezone: string): string => {
  if (value === null || value === undefined) return t('desk:versions.nothing');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (MOMENTS.includes(name) && !Number.isNaN(Date.parse(value))) return momentIn(Date.parse(value), timezone);
  return name in VALUES ? textOr(`${VALUES[name]}.${value}`, value) : value;
};
