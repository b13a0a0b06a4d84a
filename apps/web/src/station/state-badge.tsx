import type { Badge } from './camera-words';

/** Colour, shape and word: readable without any one of them. */
export const StateBadge = ({ badge, testId }: { badge: Badge; testId?: string }) => (
  <span className={`badge badge-${badge.tone}`} data-testid={testId} data-tone={badge.tone}>
    <svg className="badge-shape" viewBox="0 0 12 12" aria-hidden="true">
      {badge.tone === 'live' && <circle cx="6" cy="6" r="4.5" />}
      {badge.tone === 'late' && <path d="M6 1.2 11.2 10.6H.8z" />}
      {badge.tone === 'down' && <rect x="1.8" y="1.8" width="8.4" height="8.4" rx="1" />}
      {badge.tone === 'wait' && <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="2" />}
      {badge.tone === 'off' && <rect x="1" y="4.8" width="10" height="2.4" rx="1" />}
    </svg>
    {badge.label}
  </span>
);
