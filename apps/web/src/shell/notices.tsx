import type { ReactNode } from 'react';
import { ApiError, messageOf } from '../api/call';
import { clockIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Something failed: what, and what to do next. The request id is what a person can tell the operators. */
export const ErrorNotice = ({ title, error, onRetry }: { title: string; error: unknown; onRetry?: () => void }) => (
  <div className="notice notice-error" role="alert">
    <p className="notice-title">{title}</p>
    <p>{messageOf(error)}</p>
    {error instanceof ApiError && error.requestId && <p className="quiet small">{t('shell:request', { id: error.requestId })}</p>}
    {onRetry && (
      <button type="button" className="button" onClick={onRetry}>
        {t('shell:tryAgain')}
      </button>
    )}
  </div>
);

/** What is shown is old, and how old. `at`: epoch ms of this computer when it came. */
export const StaleNotice = ({ at }: { at: number }) => (
  <p className="notice notice-stale" role="status">
    <Rich text="shell:stale" values={{ time: clockIn(at, ZONE) }} components={{ time: <time /> }} />
  </p>
);

export const EmptyNotice = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="notice notice-empty">
    <p className="notice-title">{title}</p>
    {children}
  </div>
);

/** Grey shapes where content will be, said once to a screen reader. */
export const Skeleton = ({ label, count = 1, className }: { label: string; count?: number; className: string }) => (
  <>
    <p className="visually-hidden" role="status">
      {label}
    </p>
    {Array.from({ length: count }, (_, index) => (
      <div key={index} className={`skeleton ${className}`} aria-hidden="true" />
    ))}
  </>
);
