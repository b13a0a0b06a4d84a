import type { Observation } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { newKey } from '../flags/new-key';
import { serverClock } from '../api/server-clock';
import { EmptyNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { StateBadge } from '../station/state-badge';
import { momentIn } from '../time/format';
import { dictionary, t } from '../words';
import { NewReportForm } from './new-report';
import { ownReportsQuery, useForms } from './queries';
import { newReport, type ReportEntry } from './report-entry';
import { deliveryBadge } from './report-words';
import { type Reporter, ReportersOnly } from './reporters-only';
import { senderFor, useReports } from './use-reports';

export const MyReportsPage = () => (
  <ReportersOnly title={t('reports:mine.title')}>{(user) => <MyReports user={user} />}</ReportersOnly>
);

const MyReports = ({ user }: { user: Reporter }) => {
  const entries = useReports(user.id);
  const sender = senderFor(user.id);
  const unsent = entries.filter(({ delivery }) => delivery.kind !== 'received');
  return (
    <div className="narrow reports">
      <PageHeading title={t('reports:mine.title')}>{t('reports:mine.title')}</PageHeading>
      {sender.storeProblem !== null && <p className="notice notice-stale">{t('reports:mine.notKept')}</p>}
      <NewReportForm user={user} />
      {unsent.length > 0 && (
        <section className="panel report-box" aria-labelledby="here">
          <h2 id="here">{t('reports:mine.here')}</h2>
          <ul className="report-list">
            {unsent.map((entry) => (
              <LocalRow key={entry.key} entry={entry} onRemove={() => void sender.remove(entry.key)} />
            ))}
          </ul>
          {unsent.some(({ delivery }) => delivery.kind === 'waiting') && (
            <button type="button" className="button" onClick={() => void sender.retryNow()}>
              {t('reports:mine.sendNow')}
            </button>
          )}
        </section>
      )}
      <SentReports user={user} received={entries.length - unsent.length} />
    </div>
  );
};

const LocalRow = ({ entry, onRemove }: { entry: ReportEntry; onRemove: () => void }) => {
  const badge = deliveryBadge(entry);
  return (
    <li className="report-row" data-testid="local-report">
      <p>
        <Link to="/m/reports/$key" params={{ key: entry.key }} className="report-link">
          {t(`reports:forms.${entry.form}`)}, <bdi className="code">{entry.station.code}</bdi> {entry.station.name}
        </Link>
      </p>
      <p className="small">
        <StateBadge badge={{ tone: badge.tone, label: badge.text, reason: null }} testId="report-status" />
      </p>
      {entry.delivery.kind !== 'waiting' && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => {
            if (window.confirm(t('reports:mine.removeSure'))) onRemove();
          }}
        >
          {t('reports:mine.remove')}
        </button>
      )}
    </li>
  );
};

const SentReports = ({ user, received }: { user: Reporter; received: number }) => {
  const { data, isPending, isError } = useQuery(ownReportsQuery(received));
  const { data: forms } = useForms(dictionary.language);
  const navigate = useNavigate();
  const correct = async (sent: Observation): Promise<void> => {
    const entry = newReport(
      {
        key: newKey(),
        userId: user.id,
        station: sent.station,
        form: sent.form,
        formVersion: sent.formVersion,
        answers: sent.answers,
        correction: { id: sent.id, version: sent.version, reason: '' },
      },
      serverClock.now(),
    );
    await senderFor(user.id).add(entry);
    await navigate({ to: '/m/reports/$key', params: { key: entry.key } });
  };
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">{t('reports:mine.sent')}</h2>
      {isPending && !isError && <Skeleton label={t('shell:loading')} count={2} className="skeleton-line" />}
      {isError && <p className="quiet">{t('reports:mine.unknown')}</p>}
      {data?.total === 0 && <EmptyNotice title={t('reports:mine.none')} />}
      <ul className="report-list">
        {data?.items.map((sent) => (
          <li key={sent.id} className="report-row" data-testid="sent-report">
            <p className="report-name">
              {t(`reports:forms.${sent.form}`)}, <bdi className="code">{sent.station.code}</bdi> {sent.station.name}
            </p>
            <p className="small quiet">{momentIn(Date.parse(sent.observedAt), sent.station.timezone)}</p>
            <p className="small">
              {t('reports:mine.concerns', { count: sent.concerns })}
              {sent.version > 1 && ` · ${t('reports:mine.version', { version: sent.version })}`}
            </p>
            <p className="report-actions">
              {forms?.some(({ form, version }) => form === sent.form && version === sent.formVersion) && (
                <button type="button" className="button button-quiet" onClick={() => void correct(sent)}>
                  {t('reports:mine.correct')}
                </button>
              )}
              <Link to="/m/devices/$code" params={{ code: sent.station.code }} className="button button-quiet">
                {t('reports:devices.title')}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
};
