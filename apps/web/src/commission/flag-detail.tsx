import type { IncidentDetail } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { flagQuery, may, useSession } from '../api/queries';
import { CaseActions } from '../desk/case-actions';
import { CaseAddenda } from '../desk/case-addenda';
import { CaseOpinions } from '../desk/case-opinions';
import { STATE_WORDS } from '../desk/case-words';
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
      {flag.data && <Loaded incident={flag.data} isOwn={back === '/m/flags'} />}
    </article>
  );
};

const Loaded = ({ incident, isOwn }: { incident: IncidentDetail; isOwn: boolean }) => (
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
        <span className="badge badge-wait" data-testid="case-state" data-state={incident.state}>
          {STATE_WORDS[incident.state]}
        </span>
      </p>
      {incident.note !== null && incident.note !== '' && (
        <blockquote className="flag-note" dir="auto">
          {incident.note}
        </blockquote>
      )}
    </header>
    {isOwn ? (
      <OwnCase incident={incident} />
    ) : (
      <p>
        <Link to="/c/case/$id" params={{ id: incident.id }} className="button" data-testid="open-case">
          Open the case
        </Link>
      </p>
    )}
    <ClipView incident={incident} />
    <FlagFacts incident={incident} />
    <FlagHistory incident={incident} />
  </>
);

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
