import type { ReactNode } from 'react';
import { ApiError, messageOf } from '../api/call';
import { clockIn } from '../time/format';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Something failed: what, and what to do next. The request id is what a person can tell the operators. */
export const ErrorNotice = ({ title, error, onRetry }: { title: string; error: unknown; onRetry?: () => void }) => (
  <div className="notice notice-error" role="alert">
    <p className="notice-title">{title}</p>
    <p>{messageOf(error)}</p>
    {error instanceof ApiError && error.requestId && <p className="quiet small">Request {error.requestId}</p>}
    {onRetry && (
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
);

/** What is shown is old, and how old. `at`: epoch ms of this computer when it came. */
export const StaleNotice = ({ at }: { at: number }) => (
  <p className="notice notice-stale" role="status">
    The server does not answer. You see what was known at <time>{clockIn(at, ZONE)}</time>; asking again.
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
