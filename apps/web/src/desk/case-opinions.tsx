import type { CaseVote, Decision, IncidentDetail } from '@app/contracts';
import { momentIn } from '../time/format';
import { OUTCOME_WORDS, REASON_WORDS } from './case-words';

const STAGES: Readonly<Record<CaseVote['stage'], string>> = {
  scope: 'Triage',
  first: 'First finding',
  second: 'Second opinion',
  panel: 'Panel',
};
const DECIDED_BY: Readonly<Record<Decision['by'], string>> = {
  triage: 'by triage',
  one: 'by one reviewer',
  two: 'by two reviewers who agree',
  panel: 'by a panel',
};

/** What was found and decided. A sealed finding is only counted: who is still to give theirs must not be swayed. */
export const CaseOpinions = ({ incident }: { incident: IncidentDetail }) => {
  const { decisions, votes, sealedVotes, station } = incident;
  if (decisions.length === 0 && votes.length === 0 && sealedVotes === 0) return null;
  return (
    <section className="panel case-opinions" aria-labelledby="opinions-title" data-testid="opinions">
      <h2 id="opinions-title">Findings and decisions</h2>
      {sealedVotes > 0 && (
        <p className="notice small" data-testid="sealed">
          {sealedVotes === 1 ? 'One finding is' : `${sealedVotes} findings are`} sealed until you have given yours.
        </p>
      )}
      <ol className="opinions">
        {decisions.map((decision) => (
          <li key={`${decision.round} ${decision.at}`} className={decision.superseded ? 'opinion opinion-old' : 'opinion'}>
            <p className="opinion-title" data-testid="decision">
              {OUTCOME_WORDS[decision.outcome]}{' '}
              <span className="quiet">
                ({REASON_WORDS[decision.reasonCode]}), {DECIDED_BY[decision.by]}
                {decision.superseded && ', superseded'}
              </span>
            </p>
            {decision.reasons.map((reason) => (
              <blockquote key={reason} className="flag-note" dir="auto">
                {reason}
              </blockquote>
            ))}
            {decision.dissent.map(({ outcome, reason }) => (
              <p key={reason} className="small" dir="auto" data-testid="dissent">
                Dissent, {OUTCOME_WORDS[outcome]}: {reason}
              </p>
            ))}
            <p className="small quiet">{momentIn(Date.parse(decision.at), station.timezone)}</p>
          </li>
        ))}
        {votes.map((vote) => (
          <li key={`${vote.round} ${vote.stage} ${vote.at} ${vote.by}`} className="opinion" data-testid="vote">
            <p className="opinion-title">
              {STAGES[vote.stage]}: {OUTCOME_WORDS[vote.outcome]} <span className="quiet">({REASON_WORDS[vote.reasonCode]})</span>
            </p>
            <blockquote className="flag-note" dir="auto">
              {vote.reason}
            </blockquote>
            <p className="small quiet">
              {vote.by}, {momentIn(Date.parse(vote.at), station.timezone)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
};
