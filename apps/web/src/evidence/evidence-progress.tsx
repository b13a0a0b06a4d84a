import type { EvidenceJob } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../shell/notices';
import { sizeText } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { evidenceQuery } from './evidence-query';
import { hashGroups, progressWords } from './evidence-words';

/** How far a package is, and what came of it. */
export const EvidenceProgress = ({ jobId, onAgain }: { jobId: string; onAgain: () => void }) => {
  const { data: job, isError, error, refetch } = useQuery(evidenceQuery(jobId));
  if (!job) {
    return isError ? (
      <ErrorNotice title={t('evidence:failed')} error={error} onRetry={() => void refetch()} />
    ) : (
      <p role="status">{t('evidence:asking')}</p>
    );
  }
  return (
    <div className="evidence-progress" data-testid="evidence-state" data-state={job.state}>
      <p role="status">{progressWords(job)}</p>
      {job.state === 'ready' && job.package ? <Made job={job} made={job.package} /> : null}
      {job.state === 'failed' && <p className="notice notice-error">{job.failure}</p>}
      {(job.state === 'waiting' || job.state === 'building') && (
        <progress className="evidence-bar" max={100} value={job.progress} aria-label={t('evidence:bar')} />
      )}
      {(job.state === 'ready' || job.state === 'failed') && (
        <button type="button" className="button button-quiet" onClick={onAgain}>
          {t('evidence:again')}
        </button>
      )}
    </div>
  );
};

const Made = ({ job, made }: { job: EvidenceJob; made: NonNullable<EvidenceJob['package']> }) => (
  <>
    <p>
      <a className="button button-primary" href={made.url} download={made.fileName} data-testid="evidence-download">
        {t('evidence:download', { size: sizeText(made.bytes) })}
      </a>
    </p>
    <dl className="evidence-facts">
      <div>
        <dt>{t('evidence:for')}</dt>
        <dd dir="auto">{job.recipient}</dd>
      </div>
      <div>
        <dt>{t('terms:labels.reason')}</dt>
        <dd dir="auto">{job.reason}</dd>
      </div>
    </dl>
    <Hash name={t('evidence:hashOfZip')} value={made.sha256} />
    <Hash name={t('evidence:hashOfManifest')} value={made.manifestSha256} />
    <p className="small quiet">
      <Rich text="evidence:tell" components={{ code: <code /> }} />
    </p>
  </>
);

const Hash = ({ name, value }: { name: string; value: string }) => {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    // Pages without TLS have no clipboard: the text can still be selected.
    const written = navigator.clipboard ? navigator.clipboard.writeText(value) : Promise.reject(new Error('no clipboard'));
    written.then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <div className="evidence-hash">
      <p className="small quiet">{name}</p>
      <p className="mono small evidence-groups" dir="ltr" aria-label={value}>
        {hashGroups(value).map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <button type="button" className="button button-quiet small" onClick={copy}>
        <Rich text="evidence:copy" values={{ name }} components={{ hidden: <span className="visually-hidden" /> }} />
      </button>
      <span className="small quiet" role="status">
        {copied === 'yes' && t('evidence:copied')}
        {copied === 'failed' && t('evidence:notCopied')}
      </span>
    </div>
  );
};
