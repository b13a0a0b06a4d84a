import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { call, messageOf } from '../api/call';
import { may, sessionQuery } from '../api/queries';
import { rememberSignedIn } from '../api/session-hint';
import { PageHeading } from '../shell/page-heading';

/** `next`: path to go on to; ours only. */
export const SignInPage = ({ next }: { next: string | undefined }) => {
  const navigate = useNavigate();
  const { history } = useRouter();
  const client = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => call(routes.signIn, { body }),
    onSuccess: async (session) => {
      rememberSignedIn(true);
      await client.cancelQueries(sessionQuery);
      client.setQueryData(sessionQuery.queryKey, session);
      if (next !== undefined && /^\/(?![/\\])/.test(next)) history.push(next);
      else await navigate({ to: may(session, 'incident.read-all') ? '/c/flags' : '/' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    signIn.mutate({ email: textOf(fields.get('email')).trim(), password: textOf(fields.get('password')) });
  };
  return (
    <div className="narrow">
      <PageHeading title="Sign in">Sign in</PageHeading>
      <p className="quiet">For observers and election commissions. Watching needs no account.</p>
      <form className="panel form" onSubmit={submit}>
        {signIn.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(signIn.error)}
          </p>
        )}
        <label className="form-row">
          <span>E-mail</span>
          <input className="field" name="email" type="email" autoComplete="username" required data-testid="email" />
        </label>
        <label className="form-row">
          <span>Password</span>
          <input
            className="field"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            data-testid="password"
          />
        </label>
        <button type="submit" className="button button-primary button-wide" disabled={signIn.isPending} data-testid="submit">
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </div>
  );
};

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '');
