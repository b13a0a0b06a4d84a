import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../api/call';
import { ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { ownApplicationQuery } from './api';
import { OwnApplicationView } from './own-application';
import { forgetReference, keepReference, keptReference, unsentDocuments } from './own-reference';
import '../styles/accreditation.css';

/** How one's own application stands; found by its secret reference. */
export const MinePage = () => {
  const [reference, setReference] = useState(keptReference);
  const leave = () => {
    forgetReference();
    setReference(null);
  };
  return (
    <div className="narrow accreditation">
      <PageHeading title={t('accreditation:mine')}>{t('accreditation:mine')}</PageHeading>
      {reference === null ? (
        <ReferenceForm
          onGiven={(given) => {
            keepReference(given);
            setReference(given);
          }}
        />
      ) : (
        <Followed reference={reference} onLeave={leave} />
      )}
    </div>
  );
};

const ReferenceForm = ({ onGiven }: { onGiven: (reference: string) => void }) => {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('reference');
    if (typeof typed === 'string' && typed.trim() !== '') onGiven(typed.trim());
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <label className="form-row">
        <span>{t('accreditation:reference.label')}</span>
        <input
          className="field mono"
          name="reference"
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-testid="reference"
        />
      </label>
      <p className="small quiet">{t('accreditation:reference.hint')}</p>
      <button type="submit" className="button button-primary button-wide">
        {t('accreditation:reference.show')}
      </button>
    </form>
  );
};

const Followed = ({ reference, onLeave }: { reference: string; onLeave: () => void }) => {
  const application = useQuery(ownApplicationQuery(reference));
  const client = useQueryClient();
  const unsent = unsentDocuments();
  if (application.isPending) return <Skeleton label={t('accreditation:own.loading')} count={4} className="skeleton-line" />;
  if (!application.data) {
    const unknown = application.error instanceof ApiError && application.error.status === 404;
    return (
      <>
        <ErrorNotice
          title={t(unknown ? 'accreditation:reference.unknown' : 'accreditation:own.notLoaded')}
          error={application.error}
          {...(unknown ? {} : { onRetry: () => void application.refetch() })}
        />
        <button type="button" className="button" onClick={onLeave}>
          {t('accreditation:reference.another')}
        </button>
      </>
    );
  }
  return (
    <>
      {application.isError && <StaleNotice at={application.dataUpdatedAt} />}
      <OwnApplicationView
        reference={reference}
        application={application.data}
        unsent={unsent}
        onChanged={(changed) => client.setQueryData(ownApplicationQuery(reference).queryKey, changed)}
        onDocument={() => void application.refetch()}
      />
      <button type="button" className="button" onClick={onLeave}>
        {t('accreditation:reference.forget')}
      </button>
    </>
  );
};
