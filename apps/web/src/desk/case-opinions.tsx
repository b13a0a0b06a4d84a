import type { IncidentDetail, Outcome, ReasonCode } from '@app/contracts';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';

/** What was found and decided. A sealed finding is only counted: who is still to give theirs must not be swayed. */
export const CaseOpinions = ({ incident }: { incident: IncidentDetail }) => {
  const { decisions, votes, sealedVotes, station } = incident;
  if (decisions.length === 0 && votes.length === 0 && sealedVotes === 0) return null;
  return (
    <section className="panel case-opinions" aria-labelledby="opinions-title" data-testid="opinions">
      <h2 id="opinions-title">{t('desk:opinions.heading')}</h2>
      {sealedVotes > 0 && (
        <p className="notice small" data-testid="sealed">
          {t('desk:opinions.sealed', { count: sealedVotes })}
        </p>
      )}
      <ol className="opinions">
        {decisions.map((decision) => (
          <li key={`${decision.round} ${decision.at}`} className={decision.superseded ? 'opinion opinion-old' : 'opinion'}>
            <p className="opinion-title" data-testid="decision">
              <Rich
                text={decision.superseded ? 'desk:opinions.decisionSuperseded' : 'desk:opinions.decision'}
                values={{ ...saidOf(decision), by: t(`desk:opinions.by.${decision.by}`) }}
                components={{ quiet: <span className="quiet" /> }}
              />
            </p>
            {decision.reasons.map((reason, index) => (
              <blockquote key={index} className="flag-note" dir="auto">
                {reason}
              </blockquote>
            ))}
            {decision.dissent.map(({ outcome, reason }, index) => (
              <p key={index} className="small" dir="auto" data-testid="dissent">
                {t('desk:opinions.dissent', { outcome: t(`terms:outcomes.${outcome}`), reason })}
              </p>
            ))}
            <p className="small quiet">{momentIn(Date.parse(decision.at), station.timezone)}</p>
          </li>
        ))}
        {votes.map((vote) => (
          <li key={`${vote.round} ${vote.stage} ${vote.at} ${vote.by}`} className="opinion" data-testid="vote">
            <p className="opinion-title">
              <Rich
                text="desk:opinions.vote"
                values={{ ...saidOf(vote), stage: t(`desk:opinions.stages.${vote.stage}`) }}
                components={{ quiet: <span className="quiet" /> }}
              />
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

const saidOf = ({ outcome, reasonCode }: { outcome: Outcome; reasonCode: ReasonCode }) => ({
  outcome: t(`terms:outcomes.${outcome}`),
  reason: t(`terms:reasons.${reasonCode}`),
});
