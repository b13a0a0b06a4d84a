import type { Badge } from '@app/contracts';
import { dayIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { scopeText } from './words';

/** Dates on paper are of no zone of a reader: UTC, and said so. */
const day = (instant: string) => dayIn(Date.parse(instant), 'UTC');

/** What is printed and worn: A6, black on white whatever the theme. */
export const BadgeCard = ({ badge }: { badge: Badge }) => (
  <section className="badge-card" aria-label={t('accreditation:badge.named', { number: badge.number })} data-testid="badge">
    <p className="badge-election" dir="auto">
      {badge.election}
    </p>
    <p className="badge-role">{t('accreditation:badge.observer')}</p>
    <p className="badge-name" dir="auto">
      {badge.name}
    </p>
    <p dir="auto">{badge.organisation}</p>
    <p className="small">{t(`terms:observerKinds.${badge.kind}`)}</p>
    <svg
      className="badge-qr"
      viewBox={`0 0 ${badge.qr.size} ${badge.qr.size}`}
      role="img"
      aria-label={t('accreditation:badge.qr', { url: badge.checkUrl })}
    >
      <rect width={badge.qr.size} height={badge.qr.size} fill="#fff" />
      <path d={badge.qr.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
    <p className="mono badge-number">{badge.number}</p>
    <p className="small" dir="auto">
      {scopeText(badge.scope)}
    </p>
    <p className="small">{t('accreditation:badge.dates', { from: day(badge.validFrom), to: day(badge.validTo) })}</p>
    <p className="badge-check">
      <Rich text="accreditation:badge.check" values={{ url: badge.checkUrl }} components={{ url: <span className="mono" /> }} />
    </p>
  </section>
);
