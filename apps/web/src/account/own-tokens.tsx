import { routes, type PersonalToken, type Session } from '@app/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, messageOf } from '../api/call';
import { ErrorNotice } from '../shell/notices';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { ownTokensQuery } from './account-queries';
import { CopyButton } from './copy-button';
import { NewToken, type WantedToken } from './new-token';
import { useStepUp } from './step-up';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Tokens for programs: never more than the person may. */
export const OwnTokens = ({ session }: { session: Session }) => {
  const tokens = useQuery(ownTokensQuery);
  const { run, dialog } = useStepUp();
  const create = useMutation({
    mutationFn: async (read: () => Promise<WantedToken>) => {
      const body = await read();
      return run(() => call(routes.createToken, { body }));
    },
    onSuccess: () => tokens.refetch(),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => call(routes.revokeToken, { params: { id } }),
    onSettled: () => tokens.refetch(),
  });
  const failed = create.error ?? revoke.error;
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t('account:tokens.title')}</h2>
      <p className="quiet">{t('account:tokens.about')}</p>
      {tokens.isError && (
        <ErrorNotice title={t('account:notLoadedThey')} error={tokens.error} onRetry={() => void tokens.refetch()} />
      )}
      {failed && (
        <p className="notice notice-error" role="alert">
          {messageOf(failed)}
        </p>
      )}
      {create.data && (
        <div className="notice notice-empty" role="status">
          <p className="notice-title">{t('account:tokens.made', { name: create.data.name })}</p>
          <p className="secret mono" data-testid="token">
            {create.data.token}
          </p>
          <CopyButton text={create.data.token} />
        </div>
      )}
      <ul className="account-list">
        {tokens.data?.map((token) => (
          <li key={token.id} className="panel account-item">
            <div>
              <p>
                <strong dir="auto">{token.name}</strong>
              </p>
              <p className="small quiet">{factsOf(token)}</p>
            </div>
            <button type="button" className="button" disabled={revoke.isPending} onClick={() => revoke.mutate(token.id)}>
              <Rich
                text="account:tokens.end"
                values={{ name: token.name }}
                components={{ hidden: <span className="visually-hidden" /> }}
              />
            </button>
          </li>
        ))}
      </ul>
      {session.permissions.length > 0 && (
        <NewToken permissions={session.permissions} disabled={create.isPending} onWanted={(read) => create.mutate(read)} />
      )}
      {dialog}
    </section>
  );
};

const factsOf = ({ permissions, scope, expiresAt, lastUsedAt }: PersonalToken): string => {
  const facts = {
    permissions: permissions.map((permission) => t(`account:permissions.${permission}`)).join(', '),
    where: t(`account:tokens.limits.${scope.kind}`),
    until: momentIn(Date.parse(expiresAt), ZONE),
  };
  return lastUsedAt === null
    ? t('account:tokens.unused', facts)
    : t('account:tokens.used', { ...facts, last: momentIn(Date.parse(lastUsedAt), ZONE) });
};
