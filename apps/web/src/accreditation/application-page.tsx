import type { AccreditationDetail } from '@app/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn, sizeText } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { accreditationQuery } from './api';
import { DecisionDialog } from './decision-dialog';
import { ApplicationHistory } from './application-history';
import { scopeText, STATE_TONES, staffStateText } from './words';
import '../styles/accreditation.css';

const MAY_DECIDE = ['accreditation.decide'] as const;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const at = (instant: string) => momentIn(Date.parse(instant), ZONE);

/** One application: who asks, what they show, what was decided, and what can be decided. */
export const ApplicationPage = () => (
  <StaffOnly anyOf={MAY_DECIDE} title={t('accreditation:application.title')}>
    {() => <Application />}
  </StaffOnly>
);

const Application = () => {
  const { id } = useParams({ from: '/c/accreditations/$id' });
  const application = useQuery(accreditationQuery(id));
  return (
    <div className="page accreditation">
      <Link to="/c/accreditations" className="back-link">
        <span aria-hidden="true">← </span>
        {t('accreditation:application.all')}
      </Link>
      {application.isPending && <Skeleton label={t('accreditation:application.loading')} count={4} className="skeleton-line" />}
      {!application.data && application.isError && (
        <ErrorNotice
          title={t('accreditation:application.notLoaded')}
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
        <PageHeading title={t('accreditation:application.of', { name: application.name })}>
          <span dir="auto">{application.name}</span>
        </PageHeading>
        <p>
          <span className={`badge badge-${STATE_TONES[application.state]}`} data-testid="state">
            {staffStateText(application.state)}
          </span>{' '}
          {application.overdue && <span className="badge badge-down">{t('accreditation:queue.late')}</span>}
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
    <h2 id="facts">{t('accreditation:facts.who')}</h2>
    <dl className="facts">
      <Fact term={t('accreditation:facts.organisation')}>{application.organisation}</Fact>
      <Fact term={t('accreditation:facts.observesFor')}>{t(`terms:observerKinds.${application.kind}`)}</Fact>
      <Fact term={t('accreditation:facts.email')}>{application.email}</Fact>
      {application.phone !== null && <Fact term={t('accreditation:facts.phone')}>{application.phone}</Fact>}
      <Fact term={t('accreditation:facts.wishes')}>
        {application.wishedRegions.map(({ path }) => path).join(', ') || t('accreditation:facts.anywhere')}
      </Fact>
      {application.statement !== null && <Fact term={t('accreditation:facts.statement')}>{application.statement}</Fact>}
      <Fact term={t('accreditation:facts.applied')}>{at(application.submittedAt)}</Fact>
      <Fact term={t('accreditation:facts.dueAt')}>{at(application.dueAt)}</Fact>
      {application.number !== null && <Fact term={t('accreditation:facts.number')}>{application.number}</Fact>}
      {application.scopeWords && <Fact term={t('accreditation:facts.accreditedFor')}>{scopeText(application.scopeWords)}</Fact>}
      {application.validFrom !== null && application.validTo !== null && (
        <Fact term={t('accreditation:facts.valid')}>
          {t('accreditation:facts.range', { from: at(application.validFrom), to: at(application.validTo) })}
        </Fact>
      )}
      {application.number !== null && (
        <Fact term={t('accreditation:facts.account')}>
          {t(application.hasAccount ? 'accreditation:facts.accountInUse' : 'accreditation:facts.accountNotYet')}
        </Fact>
      )}
      {application.sameOrganisation > 0 && (
        <Fact term={t('accreditation:facts.sameOrganisation')}>{String(application.sameOrganisation)}</Fact>
      )}
    </dl>
    {application.state === 'approved' && (
      <Link to="/c/accreditations/$id/badge" params={{ id: application.id }} className="button">
        {t('accreditation:application.badge')}
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
    <h2 id="documents-heading">{t('accreditation:documents.title')}</h2>
    <p className="small quiet">{t(files.length === 0 ? 'accreditation:documents.none' : 'accreditation:documents.onRecord')}</p>
    <ul className="document-list">
      {files.map((file) => (
        <li key={file.id}>
          <a href={`/api/v1/accreditations/${id}/documents/${file.id}`} download dir="auto">
            {file.name}
          </a>{' '}
          <span className="small quiet">
            <Rich
              text="accreditation:documents.size"
              values={{ size: sizeText(file.bytes), sha256: file.sha256 }}
              components={{ hash: <span className="mono hash" /> }}
            />
          </span>
        </li>
      ))}
    </ul>
  </section>
);
