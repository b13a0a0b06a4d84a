import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { momentIn } from '../time/format';
import { t } from '../words';
import { ownAuditQuery } from './audit-queries';
import { actionWords, byWords } from './audit-words';
import '../styles/audit.css';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What was done with one's own reports: people of the commission appear by their roles. */
const OwnTrail = () => {
  const { data, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(ownAuditQuery);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="own-trail" data-testid="own-trail">
      <h2 id="own-trail">{t('audit:own.title')}</h2>
      <p className="quiet small">{t('audit:own.words')}</p>
      {isPending && <Skeleton label={t('audit:loading')} count={3} className="skeleton-line" />}
      {error && <ErrorNotice title={t('audit:failed')} error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && <p className="small">{t('audit:own.empty')}</p>}
      <ol className="own-trail">
        {items.map((event, index) => (
          <li key={`${event.at} ${index}`} className="small">
            <time dateTime={event.at}>{momentIn(Date.parse(event.at), ZONE)}</time>{' '}
            <Link to="/m/flags/$id" params={{ id: event.subject.id }}>
              {actionWords(event.action) ?? event.action}
            </Link>{' '}
            <span className="quiet">{byWords(event.by)}</span>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t('audit:loading') : t('audit:more')}
        </button>
      )}
    </section>
  );
};

export default OwnTrail;
