import type { Badge } from '@app/contracts';
import { dayIn } from '../time/format';
import { KIND_WORDS, scopeText } from './words';

/** Dates on paper are of no zone of a reader: UTC, and said so. */
const day = (instant: string) => dayIn(Date.parse(instant), 'UTC');

/** What is printed and worn: A6, black on white whatever the theme. */
export const BadgeCard = ({ badge }: { badge: Badge }) => (
  <section className="badge-card" aria-label={`Badge ${badge.number}`} data-testid="badge">
    <p className="badge-election" dir="auto">
      {badge.election}
    </p>
    <p className="badge-role">Observer</p>
    <p className="badge-name" dir="auto">
      {badge.name}
    </p>
    <p dir="auto">{badge.organisation}</p>
    <p className="small">{KIND_WORDS[badge.kind]}</p>
    <svg
      className="badge-qr"
      viewBox={`0 0 ${badge.qr.size} ${badge.qr.size}`}
      role="img"
      aria-label={`QR code of ${badge.checkUrl}`}
    >
      <rect width={badge.qr.size} height={badge.qr.size} fill="#fff" />
      <path d={badge.qr.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
    <p className="mono badge-number">{badge.number}</p>
    <p className="small" dir="auto">
      {scopeText(badge.scope)}
    </p>
    <p className="small">
      {day(badge.validFrom)} – {day(badge.validTo)} (UTC)
    </p>
    <p className="badge-check">
      Check: <span className="mono">{badge.checkUrl}</span>
    </p>
  </section>
);
