import type { IncidentDetail } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCodeLabel } from '../api/incident-codes';
import { flagQuery, may, useSession } from '../api/queries';
import { CaseActions } from '../desk/case-actions';
import { CaseAddenda } from '../desk/case-addenda';
import { CaseOpinions } from '../desk/case-opinions';
import { SeverityTag } from '../flags/severity';
import { ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { ClipView } from './clip-view';
import { FlagFacts } from './flag-facts';
import { FlagHistory } from './flag-history';

export const FlagDetail = ({ id, back }: { id: string; back: '/c/flags' | '/m/flags' }) => {
  const flag = useQuery(flagQuery(id));
  return (
    <article className="flag-detail">
      <Link to={back} search={back === '/c/flags' ? true : {}} className="back-link">
        <span aria-hidden="true">← </span>
        {t('commission:detail.all')}
      </Link>
      {flag.isPending && <Skeleton label={t('commission:detail.loading')} className="skeleton-video" />}
      {!flag.data && flag.isError && (
        <ErrorNotice title={t('commission:detail.failed')} error={flag.error} onRetry={() => void flag.refetch()} />
      )}
      {flag.data && flag.isError && <StaleNotice at={flag.dataUpdatedAt} />}
      {flag.data && <Loaded incident={flag.data} isOwn={back === '/m/flags'} />}
    </article>
  );
};

const Loaded = ({ incident, isOwn }: { incident: IncidentDetail; isOwn: boolean }) => (
  <>
    <FlagHead incident={incident} />
    {isOwn ? (
      <OwnCase incident={incident} />
    ) : (
      <p>
        <Link to="/c/case/$id" params={{ id: incident.id }} className="button" data-testid="open-case">
          {t('commission:detail.openCase')}
        </Link>
      </p>
    )}
    <ClipView incident={incident} />
    <FlagFacts incident={incident} />
    <FlagHistory incident={incident} />
  </>
);

const FlagHead = ({ incident }: { incident: IncidentDetail }) => {
  const label = useCodeLabel()(incident);
  return (
    <header className="flag-head">
      <p className="eyebrow">
        <Link to="/s/$code" params={{ code: incident.station.code }}>
          <bdi className="code">{incident.station.code}</bdi> <span dir="auto">{incident.station.name}</span>
        </Link>
      </p>
      <PageHeading title={t('commission:detail.title', { number: incident.number, label: label.text })} className="flag-title">
        <span dir="auto" lang={label.lang}>
          {label.text}
        </span>
      </PageHeading>
      <p className="flag-tags">
        <SeverityTag severity={incident.severity} />
        <span className="quiet">{t('terms:number', { number: incident.number })}</span>
        <span className="badge badge-wait" data-testid="case-state" data-state={incident.state}>
          {t(`terms:states.${incident.state}`)}
        </span>
      </p>
      {incident.note !== null && incident.note !== '' && (
        <blockquote className="flag-note" dir="auto">
          {incident.note}
        </blockquote>
      )}
    </header>
  );
};

/** What became of one's own report: the answer with its reasons, a question, and what one may still do. */
const OwnCase = ({ incident }: { incident: IncidentDetail }) => {
  const { data: session } = useSession();
  const range = { from: Date.parse(incident.from), to: Date.parse(incident.to) };
  return (
    <>
      <CaseOpinions incident={incident} />
      <CaseAddenda incident={incident} mayAdd={may(session, 'incident.flag')} />
      {incident.actions.length > 0 && <CaseActions incident={incident} userId={session?.user.id ?? ''} marked={range} />}
    </>
  );
};
