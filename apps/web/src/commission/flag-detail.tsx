import type { IncidentDetail } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { flagQuery, may, useSession } from '../api/queries';
import { EvidenceDialog } from '../evidence/evidence-dialog';
import { SeverityTag } from '../flags/severity';
import { ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { ClipView } from './clip-view';
import { FlagFacts } from './flag-facts';
import { FlagHistory } from './flag-history';

export const FlagDetail = ({ id, back }: { id: string; back: '/c/flags' | '/m/flags' }) => {
  const flag = useQuery(flagQuery(id));
  return (
    <article className="flag-detail">
      <Link to={back} search={back === '/c/flags' ? true : {}} className="back-link">
        <span aria-hidden="true">← </span>All flags
      </Link>
      {flag.isPending && <Skeleton label="Loading the flag" className="skeleton-video" />}
      {!flag.data && flag.isError && (
        <ErrorNotice title="The flag could not be loaded" error={flag.error} onRetry={() => void flag.refetch()} />
      )}
      {flag.data && flag.isError && <StaleNotice at={flag.dataUpdatedAt} />}
      {flag.data && <Loaded incident={flag.data} />}
    </article>
  );
};

const Loaded = ({ incident }: { incident: IncidentDetail }) => {
  const { data: session } = useSession();
  return (
    <>
      <header className="flag-head">
        <p className="eyebrow">
          <Link to="/s/$code" params={{ code: incident.station.code }}>
            <bdi className="code">{incident.station.code}</bdi> <span dir="auto">{incident.station.name}</span>
          </Link>
        </p>
        <PageHeading title={`Flag ${incident.number}, ${incident.codeLabel}`} className="flag-title">
          <span dir="auto">{incident.codeLabel}</span>
        </PageHeading>
        <p className="flag-tags">
          <SeverityTag severity={incident.severity} />
          <span className="quiet">no. {incident.number}</span>
          {incident.state === 'withdrawn' && <span className="withdrawn-tag">Withdrawn by its author</span>}
        </p>
        {incident.note !== null && incident.note !== '' && (
          <blockquote className="flag-note" dir="auto">
            {incident.note}
          </blockquote>
        )}
      </header>
      <ClipView incident={incident} />
      {may(session, 'evidence.export') && (
        <p>
          <EvidenceDialog incidentId={incident.id} number={incident.number} />
        </p>
      )}
      <FlagFacts incident={incident} />
      <FlagHistory incident={incident} />
    </>
  );
};
