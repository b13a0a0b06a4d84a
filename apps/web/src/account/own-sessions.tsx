import { routes } from '@app/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, messageOf } from '../api/call';
import { sessionQuery } from '../api/queries';
import { rememberSignedIn } from '../api/session-hint';
import { ErrorNotice } from '../shell/notices';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { ownSessionsQuery } from './account-queries';
import { deviceIn } from './device';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const OwnSessions = () => {
  const sessions = useQuery(ownSessionsQuery);
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: (id: string) => call(routes.endSession, { params: { id } }),
    onSettled: () => sessions.refetch(),
  });
  const endAll = useMutation({
    mutationFn: () => call(routes.endAllSessions, {}),
    onSuccess: async () => {
      rememberSignedIn(false);
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      await navigate({ to: '/sign-in' });
    },
  });
  const failed = end.error ?? endAll.error;
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('account:sessions.title')}</h2>
      {sessions.isError && (
        <ErrorNotice title={t('account:sessions.notLoaded')} error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {failed && (
        <p className="notice notice-error" role="alert">
          {messageOf(failed)}
        </p>
      )}
      <ul className="account-list">
        {sessions.data?.map((session) => (
          <li key={session.id} className="panel account-item">
            <div>
              <p>
                <strong>{deviceIn(session.userAgent)}</strong>
                {session.current && <span className="badge badge-here">{t('account:sessions.current')}</span>}
              </p>
              <p className="small quiet">
                {t('account:sessions.facts', {
                  address: session.address,
                  since: momentIn(Date.parse(session.createdAt), ZONE),
                  last: momentIn(Date.parse(session.lastSeenAt), ZONE),
                })}
              </p>
            </div>
            {!session.current && (
              <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate(session.id)}>
                <Rich
                  text="account:sessions.end"
                  values={{ device: deviceIn(session.userAgent) }}
                  components={{ hidden: <span className="visually-hidden" /> }}
                />
              </button>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="button" disabled={endAll.isPending} onClick={() => endAll.mutate()} data-testid="end-all">
        {t('account:sessions.endAll')}
      </button>
    </section>
  );
};
