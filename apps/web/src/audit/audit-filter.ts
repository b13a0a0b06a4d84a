/** What a search of the log is narrowed to, as it stands in the address. Times are ISO 8601, UTC. */
export interface AuditFilter {
  actor?: string;
  action?: string;
  subject?: string;
  incident?: number;
  station?: string;
  election?: string;
  from?: string;
  to?: string;
}

const textIn = (value: unknown): string | undefined => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
  return text === '' ? undefined : text;
};

const instantIn = (value: unknown): string | undefined => {
  const at = Date.parse(textIn(value) ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

const numberIn = (value: unknown): number | undefined => {
  const number = Number(textIn(value) ?? NaN);
  return Number.isInteger(number) && number > 0 && number <= 2_000_000_000 ? number : undefined;
};

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const STATION = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/;

/** What is not understood is left out: an address that was typed still shows something. */
export const auditFilterOf = (given: Record<string, unknown>): AuditFilter => {
  const station = textIn(given['station']);
  const election = textIn(given['election']);
  const all = {
    actor: textIn(given['actor']),
    action: textIn(given['action'])?.slice(0, 60),
    subject: textIn(given['subject']),
    incident: numberIn(given['incident']),
    station: station !== undefined && STATION.test(station) ? station : undefined,
    election: election !== undefined && ID.test(election) ? election : undefined,
    from: instantIn(given['from']),
    to: instantIn(given['to']),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

const two = (value: number): string => String(value).padStart(2, '0');

/** An instant as a field for a local time has it, `2026-10-25T14:05`; empty for none. */
export const localText = (instant: string | undefined): string => {
  const at = new Date(instant ?? NaN);
  if (Number.isNaN(at.getTime())) return '';
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
};
