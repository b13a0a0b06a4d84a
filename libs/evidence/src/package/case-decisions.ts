import type { Db } from '@app/database';
import type { CaseDecision } from './case-file';

/**
 * What was decided, first to last, each with the findings it was made of. Findings of a round that is not decided yet are left out: they
 * are sealed, and whoever reads a package might be the next to give one.
 */
export async function decisionsOf(db: Db, incidentId: string): Promise<CaseDecision[]> {
  const [decisions, votes] = await Promise.all([
    db.selectFrom('incident_decisions').selectAll().where('incident_id', '=', incidentId).orderBy('round').execute(),
    db
      .selectFrom('incident_votes')
      .innerJoin('users', 'users.id', 'incident_votes.voter_id')
      .selectAll('incident_votes')
      .select('users.name')
      .where('incident_id', '=', incidentId)
      .orderBy('incident_votes.at')
      .orderBy('incident_votes.id')
      .execute(),
  ]);
  return decisions.map(({ round, at, made_by, outcome, reason_code }, index) => ({
    round,
    at: at.toISOString(),
    madeBy: made_by,
    outcome,
    reasonCode: reason_code,
    findings: votes
      .filter((vote) => vote.round === round)
      .map((vote) => ({
        by: { id: vote.voter_id, name: vote.name },
        stage: vote.stage,
        at: vote.at.toISOString(),
        outcome: vote.outcome,
        reasonCode: vote.reason_code,
        reason: vote.reason,
      })),
    superseded: index < decisions.length - 1,
  }));
}
