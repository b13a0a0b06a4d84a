import { ReviewClocks } from '@app/contracts';
import type { Db, Row, Tx } from '@app/database';
import { plannedClosing, plannedOpening } from '@app/elections';
import { type Dues, duesOf, runningClock, USUAL_CLOCKS } from './clock-rules';

/** The clocks of an election: its own, or the usual ones. */
export async function clocksOf(db: Db | Tx, electionId: string): Promise<ReviewClocks> {
  const row = await db.selectFrom('review_clocks').select('clocks').where('election_id', '=', electionId).executeTakeFirst();
  return row ? ReviewClocks.parse(row.clocks) : USUAL_CLOCKS;
}

type ClockedRow = Pick<Row<'incidents'>, 'election_id' | 'station_id' | 'severity'>;

/** @param startedAt the receipt of the flag, or when the incident was reopened */
export async function duesFor(db: Db | Tx, incident: ClockedRow, startedAt: number): Promise<Dues> {
  const hours = await db
    .selectFrom('stations')
    .innerJoin('elections', 'elections.id', 'stations.election_id')
    .select(['stations.timezone', plannedOpening.as('opens_at'), plannedClosing.as('closes_at')])
    .where('stations.id', '=', incident.station_id)
    .executeTakeFirstOrThrow();
  return duesOf(await clocksOf(db, incident.election_id), {
    receivedAt: startedAt,
    severity: incident.severity,
    opensAt: hours.opens_at.getTime(),
    closesAt: hours.closes_at.getTime(),
    timezone: hours.timezone,
  });
}

type ClockColumns = Partial<
  Pick<
    Row<'incidents'>,
    'claim_due' | 'decide_due' | 'due_at' | 'paused_at' | 'overdue' | 'claimed_at' | 'decided_at' | 'closed_at'
  >
>;

/** What a move does to the clocks: they are set by the severity, stand still while a question is open, and end with the decision. */
export async function clockColumns(
  tx: Tx,
  before: Row<'incidents'>,
  after: Row<'incidents'>,
  now: number,
): Promise<ClockColumns> {
  const at = new Date(now);
  const columns: ClockColumns = {};
  let dues: Dues = { claim: timeOf(before.claim_due), decision: timeOf(before.decide_due) };
  if (after.round !== before.round) dues = { ...dues, decision: (await duesFor(tx, after, now)).decision };
  else if (after.severity !== before.severity) {
    const fresh = await duesFor(tx, after, before.received_at.getTime());
    dues = before.claimed_at ? { ...dues, decision: fresh.decision } : fresh;
  }
  if (after.state === 'needs_info' && before.state !== 'needs_info') columns.paused_at = at;
  if (before.state === 'needs_info' && after.state !== 'needs_info' && before.paused_at) {
    columns.paused_at = null;
    if (dues.decision !== null) dues = { ...dues, decision: dues.decision + now - before.paused_at.getTime() };
  }
  if (before.state === 'submitted' && after.state === 'triaging' && !before.claimed_at) columns.claimed_at = at;
  if (after.state === 'decided' && before.state !== 'decided') columns.decided_at = at;
  if (after.round !== before.round) columns.decided_at = null;
  if (after.state === 'closed') columns.closed_at = at;
  const due = runningClock(after.state, dues)?.due ?? null;
  if (due !== timeOf(before.due_at)) columns.overdue = 'none';
  return { ...columns, claim_due: dateOf(dues.claim), decide_due: dateOf(dues.decision), due_at: dateOf(due) };
}

export const timeOf = (date: Date | null): number | null => date?.getTime() ?? null;
export const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time));
