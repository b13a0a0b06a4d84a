import { routes, type Permission, type Session } from '@app/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, messageOf } from '../api/call';
import { ErrorNotice } from '../shell/notices';
import { momentIn } from '../time/format';
import { ownTokensQuery } from './account-queries';
import { textIn } from './code-field';
import { useStepUp } from './step-up';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const DAY_MS = 86_400_000;
const LIVES = [
  [1, 'a day'],
  [7, 'a week'],
  [30, '30 days'],
  [90, '90 days'],
  [365, 'a year'],
] as const;

/** Tokens for programs: never more than the person may. */
export const OwnTokens = ({ session }: { session: Session }) => {
  const tokens = useQuery(ownTokensQuery);
  const { run, dialog } = useStepUp();
  const create = useMutation({
    mutationFn: (body: { name: string; permissions: Permission[]; expiresAt: string }) =>
      run(() => call(routes.createToken, { body })),
    onSuccess: () => tokens.refetch(),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => call(routes.revokeToken, { params: { id } }),
    onSettled: () => tokens.refetch(),
  });
  const failed = create.error ?? revoke.error;
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">Tokens for programs</h2>
      <p className="quiet">A program that sends one acts in your name. What asks for your second factor it cannot do.</p>
      {tokens.isError && (
        <ErrorNotice title="They could not be loaded" error={tokens.error} onRetry={() => void tokens.refetch()} />
      )}
      {failed && (
        <p className="notice notice-error" role="alert">
          {messageOf(failed)}
        </p>
      )}
      {create.data && (
        <div className="notice notice-empty" role="status">
          <p className="notice-title">The token of “{create.data.name}”. Copy it now, it is not shown again.</p>
          <p className="secret mono" data-testid="token">
            {create.data.token}
          </p>
        </div>
      )}
      <ul className="account-list">
        {tokens.data?.map((token) => (
          <li key={token.id} className="panel account-item">
            <div>
              <p>
                <strong>{token.name}</strong>
              </p>
              <p className="small quiet">
                {token.permissions.join(', ')}; until {momentIn(Date.parse(token.expiresAt), ZONE)};{' '}
                {token.lastUsedAt ? `last used ${momentIn(Date.parse(token.lastUsedAt), ZONE)}` : 'never used'}
              </p>
            </div>
            <button type="button" className="button" disabled={revoke.isPending} onClick={() => revoke.mutate(token.id)}>
              End it<span className="visually-hidden">: {token.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {session.permissions.length > 0 && (
        <details className="panel account-new">
          <summary>New token</summary>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault();
              const form = event.currentTarget;
              const permissions = new FormData(form).getAll('permission') as Permission[];
              const expiresAt = new Date(Date.now() + Number(textIn(form, 'days')) * DAY_MS).toISOString();
              create.mutate({ name: textIn(form, 'name'), permissions, expiresAt });
            }}
          >
            <label className="form-row">
              <span>Name, for you to know it by</span>
              <input className="field" name="name" maxLength={120} required autoComplete="off" />
            </label>
            <fieldset className="choices">
              <legend>What it may do</legend>
              {session.permissions.map((permission) => (
                <label key={permission}>
                  <input type="checkbox" name="permission" value={permission} /> {permission}
                </label>
              ))}
            </fieldset>
            <label className="form-row">
              <span>It ends after</span>
              <select className="field" name="days" defaultValue="30">
                {LIVES.map(([days, words]) => (
                  <option key={days} value={days}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" className="button button-primary" disabled={create.isPending}>
              Make the token
            </button>
          </form>
        </details>
      )}
      {dialog}
    </section>
  );
};
