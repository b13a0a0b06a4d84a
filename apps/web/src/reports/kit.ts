import type { ReportFormDefinition, Session } from '@app/contracts';
import { readLocal, writeLocal } from '../api/session-hint';
import type { KnownStation } from './report-entry';

/** What an observer needs at a station without network: who they are, the forms, and the stations they were at. */
export interface Kit {
  user: Pick<Session['user'], 'id' | 'name'> | null;
  forms: Record<string, ReportFormDefinition[]>;
  stations: KnownStation[];
}

const KEY = 'pollglass.report-kit';
const STATIONS = 20;

export const readKit = (): Kit => {
  const kept = readLocal(KEY);
  const empty: Kit = { user: null, forms: {}, stations: [] };
  if (kept === null) return empty;
  try {
    return { ...empty, ...(JSON.parse(kept) as Partial<Kit>) };
  } catch {
    // Nothing is lost: it is fetched again.
    return empty;
  }
};

const write = (change: Partial<Kit>): void => writeLocal(KEY, JSON.stringify({ ...readKit(), ...change }));

/** Another person on this device begins anew. */
export const rememberUser = ({ id, name }: Session['user']): void => {
  if (readKit().user?.id !== id) write({ user: { id, name }, stations: [] });
};

export const forgetUser = (): void => write({ user: null, stations: [] });

export const rememberForms = (language: string, forms: ReportFormDefinition[]): void =>
  write({ forms: { ...readKit().forms, [language]: forms } });

export const rememberStation = (station: KnownStation): void =>
  write({ stations: [station, ...readKit().stations.filter(({ code }) => code !== station.code)].slice(0, STATIONS) });
