import type { Decider, LoggedDecision } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { useCodeLabel } from '../api/incident-codes';
import { SeverityTag } from '../flags/severity';
import { delayText, momentIn } from '../time/format';
import { t } from '../words';

/** One decision: what, where, by whom, with which reasons, and how long it took. */
export const DecisionRow = ({ decision }: { decision: LoggedDecision }) => {
  const { station, region } = decision;
  const label = useCodeLabel()(decision);
  const moment = (iso: string) => <time dateTime={iso}>{momentIn(Date.parse(iso), station.timezone)}</time>;
  const took = Date.parse(decision.at) - Date.parse(decision.receivedAt);
  return (
    <li className="decision-row panel" data-testid="decision">
      <p className="decision-tags">
        <strong>{t(`terms:outcomes.${decision.outcome}`)}</strong>
        <span>{t(`terms:reasons.${decision.reasonCode}`)}</span>
        <SeverityTag severity={decision.severity} />
        {decision.superseded && <span className="queue-mark small">{t('desk:log.superseded')}</span>}
      </p>
      <p>
        <Link to="/c/case/$id" params={{ id: decision.incidentId }}>
          {t('desk:log.case', { number: decision.number })}
        </Link>{' '}
        <span dir="auto" lang={label.lang}>
          {label.text}
        </span>{' '}
        <code className="small quiet">{decision.code}</code>
      </p>
      <p className="small">
        <Link to="/s/$code" params={{ code: station.code }}>
          <bdi className="code">{station.code}</bdi>
        </Link>{' '}
        <span dir="auto">{station.name}</span> <span className="quiet">{region.name}</span>
      </p>
      <p className="small">
        {moment(decision.at)} <span>{t('desk:log.took', { time: delayText(took) })}</span>{' '}
        {decision.overdue ? (
          <span className="decision-late">{t('desk:log.late')}</span>
        ) : (
          decision.due !== null && <span className="quiet">{t('desk:log.inTime')}</span>
        )}{' '}
        {decision.sampled === true && <span>{t('desk:log.sampled')}</span>}{' '}
        {decision.round > 1 && <span>{t('desk:log.round', { number: decision.round })}</span>}
      </p>
      <p className="small quiet">{t(`desk:log.by.${decision.by}`)}</p>
      <ul className="decision-findings">
        {decision.deciders.map((finding) => (
          <Finding key={`${finding.stage} ${finding.id}`} finding={finding} />
        ))}
      </ul>
    </li>
  );
};

const Finding = ({ finding }: { finding: Decider }) => (
  <li className={finding.dissents ? 'decision-finding decision-dissent small' : 'decision-finding small'}>
    <p>
      <strong dir="auto">{finding.name}</strong> <span className="quiet">{t(`desk:log.stage.${finding.stage}`)}</span>{' '}
      {finding.dissents && (
        <span className="decision-late">{t('desk:log.dissent', { outcome: t(`terms:outcomes.${finding.outcome}`) })}</span>
      )}
    </p>
    <p dir="auto">{finding.reason}</p>
  </li>
);
