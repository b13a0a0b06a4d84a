import type { AccreditationDetail, AccreditationScope, Election } from '@app/contracts';

/** What is filled in to approve; times as the browser's own fields write them, UTC. */
export interface Approval {
  organisation: string;
  where: AccreditationScope['kind'];
  regions: string[];
  /** Numbers of stations as typed: separated by commas, semicolons or spaces. */
  stations: string;
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
/** `2026-11-22T14:05`, UTC. */
const fieldTime = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

/** What the applicant asked for, from today to the end of the count. */
export const firstApproval = (
  { organisation, wishedRegions }: Pick<AccreditationDetail, 'organisation' | 'wishedRegions'>,
  election: Pick<Election, 'countEndsAt'> | undefined,
  now = Date.now(),
): Approval => {
  const end = election ? Math.max(Date.parse(election.countEndsAt), now + DAY_MS) : now + 30 * DAY_MS;
  return {
    organisation,
    where: wishedRegions.length > 0 ? 'regions' : 'election',
    regions: wishedRegions.map(({ id }) => id),
    stations: '',
    from: fieldTime(now),
    to: fieldTime(end),
  };
};

export const approvalOf = ({ organisation, where, regions, stations, from, to }: Approval) => ({
  organisation: organisation.trim(),
  scope: scopeOf(where, regions, stations),
  validFrom: instantOf(from),
  validTo: instantOf(to),
});

const scopeOf = (where: Approval['where'], regions: string[], stations: string): AccreditationScope => {
  if (where === 'election') return { kind: 'election' };
  if (where === 'regions') return { kind: 'regions', regions };
  return { kind: 'stations', stations: stations.split(/[\s,;]+/).filter((code) => code !== '') };
};

/** An empty or unfinished field stays as it is, for the server to name. */
const instantOf = (text: string): string => (text === '' ? '' : `${text}:00.000Z`);
