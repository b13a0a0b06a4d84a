import type { AccreditationDetail } from '@app/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn, sizeText } from '../time/format';
import { accreditationQuery } from './api';
import { DecisionDialog } from './decision-dialog';
import { ApplicationHistory } from './application-history';
import { KIND_WORDS, scopeText, STAFF_STATE_WORDS, STATE_TONES } from './words';
import '../styles/accreditation.css';

const MAY_DECIDE = ['accreditation.decide'] as const;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const at = (instant: string) => momentIn(Date.parse(instant), ZONE);

/** One application: who asks, what they show, what was decided, and what can be decided. */
export const ApplicationPage = () => (
  <StaffOnly anyOf={MAY_DECIDE} title="Application">
    {() => <Application />}
  </StaffOnly>
);

const Application = () => {
  const { id } = useParams({ from: '/c/accreditations/$id' });
  const application = useQuery(accreditationQuery(id));
  return (
    <div className="page accreditation">
      <Link to="/c/accreditations" className="back-link">
        <span aria-hidden="true">← </span>All applications
      </Link>
      {application.isPending && <Skeleton label="Loading the application" count={4} className="skeleton-line" />}
      {!application.data && application.isError && (
        <ErrorNotice
          title="The application could not be loaded"
          error={application.error}
          onRetry={() => void application.refetch()}
        />
      )}
      {application.data && application.isError && <StaleNotice at={application.dataUpdatedAt} />}
      {application.data && <Loaded application={application.data} />}
    </div>
  );
};

const Loaded = ({ application }: { application: AccreditationDetail }) => {
  const client = useQueryClient();
  const changed = (next: AccreditationDetail) => {
    client.setQueryData(accreditationQuery(application.id).queryKey, next);
    void client.invalidateQueries({ queryKey: ['accreditations'] });
  };
  return (
    <>
      <header>
        <PageHeading title={`Application of ${application.name}`}>
          <span dir="auto">{application.name}</span>
        </PageHeading>
        <p>
          <span className={`badge badge-${STATE_TONES[application.state]}`} data-testid="state">
            {STAFF_STATE_WORDS[application.state]}
          </span>{' '}
          {application.overdue && <span className="badge badge-down">Late</span>}
        </p>
      </header>
      <DecisionDialog application={application} onChanged={changed} />
      <Facts application={application} />
      <Documents application={application} />
      <ApplicationHistory application={application} />
    </>
  );
};

const Facts = ({ application }: { application: AccreditationDetail }) => (
  <section className="panel facts-panel" aria-labelledby="facts">
    <h2 id="facts">Who asks</h2>
    <dl className="facts">
      <Fact term="Organisation">{application.organisation}</Fact>
      <Fact term="Observes for">{KIND_WORDS[application.kind]}</Fact>
      <Fact term="E-mail">{application.email}</Fact>
      {application.phone !== null && <Fact term="Telephone">{application.phone}</Fact>}
      <Fact term="Wishes to observe">
        {application.wishedRegions.map(({ path }) => path).join(', ') || 'wherever there is need'}
      </Fact>
      {application.statement !== null && <Fact term="In their own words">{application.statement}</Fact>}
      <Fact term="Applied">{at(application.submittedAt)}</Fact>
      <Fact term="To be decided by">{at(application.dueAt)}</Fact>
      {application.number !== null && <Fact term="Number">{application.number}</Fact>}
      {application.scopeWords && <Fact term="Accredited for">{scopeText(application.scopeWords)}</Fact>}
      {application.validFrom !== null && application.validTo !== null && (
        <Fact term="Valid">{`${at(application.validFrom)} to ${at(application.validTo)}`}</Fact>
      )}
      {application.number !== null && <Fact term="Account">{application.hasAccount ? 'in use' : 'not made yet'}</Fact>}
      {application.sameOrganisation > 0 && <Fact term="Valid of this organisation">{String(application.sameOrganisation)}</Fact>}
    </dl>
    {application.state === 'approved' && (
      <Link to="/c/accreditations/$id/badge" params={{ id: application.id }} className="button">
        Badge
      </Link>
    )}
  </section>
);

const Fact = ({ term, children }: { term: string; children: string }) => (
  <div>
    <dt>{term}</dt>
    <dd dir="auto">{children}</dd>
  </div>
);

const Documents = ({ application: { id, files } }: { application: AccreditationDetail }) => (
  <section className="panel facts-panel" aria-labelledby="documents-heading">
    <h2 id="documents-heading">Documents</h2>
    <p className="small quiet">{files.length === 0 ? 'None were sent.' : 'Each download is put on record with your name.'}</p>
    <ul className="document-list">
      {files.map((file) => (
        <li key={file.id}>
          <a href={`/api/v1/accreditations/${id}/documents/${file.id}`} download dir="auto">
            {file.name}
          </a>{' '}
          <span className="small quiet">
            {sizeText(file.bytes)}, SHA-256 <span className="mono hash">{file.sha256}</span>
          </span>
        </li>
      ))}
    </ul>
  </section>
);
