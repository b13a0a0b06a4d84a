import type { IncidentDetail, Session } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { StaffOnly } from '../account/staff-only';
import { useCodeLabel } from '../api/incident-codes';
import { flagQuery, may } from '../api/queries';
import { serverClock } from '../api/server-clock';
import { FlagFacts } from '../commission/flag-facts';
import { FlagHistory } from '../commission/flag-history';
import { useIncidentEvents } from '../commission/use-incident-events';
import { EvidenceDialog } from '../evidence/evidence-dialog';
import { SeverityTag } from '../flags/severity';
import { ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { CaseActions } from './case-actions';
import { CaseAddenda } from './case-addenda';
import { CaseOpinions } from './case-opinions';
import { CasePlayer } from './case-player';
import { CaseVersions } from './case-versions';
import { clockWords } from './case-words';
import { HandOver } from './hand-over';
import { useClaim } from './use-claim';
import '../styles/flags.css';
import '../styles/desk.css';

const READ_ALL = ['incident.read-all'] as const;

/** One case: its footage, what was said of it, and what is to be done. */
export const CasePage = () => {
  const { id } = useParams({ from: '/c/case/$id' });
  return (
    <StaffOnly anyOf={READ_ALL} title={t('desk:case.name')}>
      {(session) => <Case key={id} id={id} session={session} />}
    </StaffOnly>
  );
};

const Case = ({ id, session }: { id: string; session: Session }) => {
  useIncidentEvents();
  const found = useQuery(flagQuery(id));
  if (found.isPending) return <Skeleton label={t('desk:case.loading')} className="skeleton-video" />;
  if (!found.data) return <ErrorNotice title={t('desk:case.failed')} error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <article className="page case">
      {found.isError && <StaleNotice at={found.dataUpdatedAt} />}
      <Loaded incident={found.data} session={session} />
    </article>
  );
};

const Loaded = ({ incident, session }: { incident: IncidentDetail; session: Session }) => {
  useClaim(incident, session.user.id);
  const [marked, setMarked] = useState({ from: Date.parse(incident.from), to: Date.parse(incident.to) });
  const mayAdd = may(session, 'incident.triage') || may(session, 'incident.review') || may(session, 'incident.panel');
  return (
    <>
      <CaseHead incident={incident} />
      <div className="case-columns">
        <div className="case-main">
          <CasePlayer incident={incident} marked={marked} onMark={setMarked} />
          {incident.note !== null && incident.note !== '' && (
            <blockquote className="flag-note" dir="auto">
              {incident.note}
            </blockquote>
          )}
          <CaseOpinions incident={incident} />
          <CaseAddenda incident={incident} mayAdd={mayAdd} />
        </div>
        <div className="case-side">
          <CaseActions incident={incident} userId={session.user.id} marked={marked} />
          <HandOver incident={incident} userId={session.user.id} />
          {may(session, 'evidence.export') && (
            <p>
              <EvidenceDialog incidentId={incident.id} number={incident.number} />
            </p>
          )}
          <FlagFacts incident={incident} />
          <FlagHistory incident={incident} />
          <CaseVersions incident={incident} />
        </div>
      </div>
    </>
  );
};

const CaseHead = ({ incident }: { incident: IncidentDetail }) => {
  const { station, dueClock, flags } = incident;
  const label = useCodeLabel()(incident);
  return (
    <header className="flag-head">
      <p className="eyebrow">
        <Link to="/c/queue" className="back-link">
          <span aria-hidden="true">← </span>
          {t('shell:queue')}
        </Link>{' '}
        <Link to="/s/$code" params={{ code: station.code }} search={{ t: incident.at }}>
          <bdi className="code">{station.code}</bdi> <span dir="auto">{station.name}</span>
        </Link>
      </p>
      <PageHeading title={t('desk:case.title', { number: incident.number, label: label.text })} className="flag-title">
        <span dir="auto" lang={label.lang}>
          {label.text}
        </span>
      </PageHeading>
      <p className="flag-tags">
        <SeverityTag severity={incident.severity} />
        <span className="badge badge-wait" data-testid="case-state" data-state={incident.state}>
          {t(`terms:states.${incident.state}`)}
        </span>
        <span className="quiet">{t('terms:number', { number: incident.number })}</span>
        {incident.corroboration > 1 && (
          <span className="quiet">{t('terms:organisations', { count: incident.corroboration })}</span>
        )}
        {dueClock && <span className="small">{clockWords(dueClock, serverClock.now()).text}</span>}
        {flags.quarantine !== 'none' && <span className="queue-mark small">{t('terms:quarantined')}</span>}
        {flags.escalated !== 'none' && <span className="queue-mark small">{t('desk:case.escalated')}</span>}
      </p>
    </header>
  );
};
