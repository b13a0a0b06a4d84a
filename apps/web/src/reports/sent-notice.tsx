import { Link } from '@tanstack/react-router';
import { PageHeading } from '../shell/page-heading';
import { StateBadge } from '../station/state-badge';
import { momentIn } from '../time/format';
import { t } from '../words';
import type { ReportEntry } from './report-entry';
import { deliveryBadge } from './report-words';

/** A finished form: whether the server has it yet. */
export const SentNotice = ({ entry }: { entry: ReportEntry }) => {
  const badge = deliveryBadge(entry);
  const { delivery, station } = entry;
  return (
    <div className="narrow reports">
      <PageHeading title={t(`reports:forms.${entry.form}`)}>
        {t(`reports:forms.${entry.form}`)} <span className="quiet">{station.code}</span>
      </PageHeading>
      <p role="status">
        <StateBadge badge={{ tone: badge.tone, label: badge.text, reason: null }} testId="report-status" />
      </p>
      {delivery.kind === 'waiting' && <p>{t('reports:fill.waits')}</p>}
      {delivery.kind === 'received' && (
        <dl className="report-facts">
          <dt>{t('reports:fill.observedAt')}</dt>
          <dd>{momentIn(Date.parse(delivery.observedAt), station.timezone)}</dd>
          <dt>{t('reports:fill.receivedAt')}</dt>
          <dd>{momentIn(Date.parse(delivery.receivedAt), station.timezone)}</dd>
        </dl>
      )}
      <p>
        <Link to="/m/reports" className="button">
          {t('reports:fill.toMine')}
        </Link>
      </p>
    </div>
  );
};
