import type { EvidenceJob } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../shell/notices';
import { sizeText } from '../time/format';
import { evidenceQuery } from './evidence-query';
import { hashGroups, progressWords } from './evidence-words';

/** How far a package is, and what came of it. */
export const EvidenceProgress = ({ jobId, onAgain }: { jobId: string; onAgain: () => void }) => {
  const { data: job, isError, error, refetch } = useQuery(evidenceQuery(jobId));
  if (!job) {
    return isError ? (
      <ErrorNotice title="The package could not be asked for" error={error} onRetry={() => void refetch()} />
    ) : (
      <p role="status">Asking…</p>
    );
  }
  return (
    <div className="evidence-progress" data-testid="evidence-state" data-state={job.state}>
      <p role="status">{progressWords(job)}</p>
      {job.state === 'ready' && job.package ? <Made job={job} made={job.package} /> : null}
      {job.state === 'failed' && <p className="notice notice-error">{job.failure}</p>}
      {(job.state === 'waiting' || job.state === 'building') && (
        <progress className="evidence-bar" max={100} value={job.progress} aria-label="Progress of the package" />
      )}
      {(job.state === 'ready' || job.state === 'failed') && (
        <button type="button" className="button button-quiet" onClick={onAgain}>
          Make another one
        </button>
      )}
    </div>
  );
};

const Made = ({ job, made }: { job: EvidenceJob; made: NonNullable<EvidenceJob['package']> }) => (
  <>
    <p>
      <a className="button button-primary" href={made.url} download={made.fileName} data-testid="evidence-download">
        Download {sizeText(made.bytes)}
      </a>
    </p>
    <dl className="evidence-facts">
      <div>
        <dt>For</dt>
        <dd dir="auto">{job.recipient}</dd>
      </div>
      <div>
        <dt>Reason</dt>
        <dd dir="auto">{job.reason}</dd>
      </div>
    </dl>
    <Hash name="SHA-256 of the zip file" value={made.sha256} />
    <Hash name="SHA-256 of manifest.json" value={made.manifestSha256} />
    <p className="small quiet">
      Tell the recipient the first hash on another way than the file. Unpacked, <code>sha256sum -c SHA256SUMS</code> checks every
      file; <code>npx pollglass verify</code> checks the package.
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
        Copy<span className="visually-hidden"> {name}</span>
      </button>
      <span className="small quiet" role="status">
        {copied === 'yes' && 'Copied'}
        {copied === 'failed' && 'Cannot be copied here; select it'}
      </span>
    </div>
  );
};
