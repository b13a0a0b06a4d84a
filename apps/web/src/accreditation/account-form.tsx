import type { OwnApplication } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { ApiError, messageOf } from '../api/call';
import { useSession } from '../api/queries';
import { linkAccount, openAccount } from './api';

interface Props {
  reference: string;
  application: OwnApplication;
  onChanged: (application: OwnApplication) => void;
}

/** From a badge to an account: a new one by a password, or the one that the person has already. */
export const AccountForm = ({ reference, application, onChanged }: Props) => {
  const { data: session } = useSession();
  const own = session?.user.email.toLowerCase() === application.email.toLowerCase();
  const open = useMutation({ mutationFn: (password: string) => openAccount(reference, password), onSuccess: onChanged });
  const link = useMutation({ mutationFn: () => linkAccount(reference), onSuccess: onChanged });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('password');
    if (typeof typed === 'string') open.mutate(typed);
  };
  const error = open.error ?? link.error;
  const taken = error instanceof ApiError && error.code === 'accreditation.account-exists';
  return (
    <section className="panel facts-panel" aria-labelledby="account-heading">
      <h2 id="account-heading">Your account</h2>
      {application.hasAccount ? (
        <p>
          You report what you see after you <Link to="/sign-in">sign in</Link> as <strong>{application.email}</strong>.
        </p>
      ) : own ? (
        <>
          <p>You are signed in as {application.email}. Observe with this account.</p>
          <button type="button" className="button button-primary" disabled={link.isPending} onClick={() => link.mutate()}>
            Use this account
          </button>
        </>
      ) : (
        <form className="form" onSubmit={submit}>
          <p>
            Choose a password. You sign in with <strong>{application.email}</strong>.
          </p>
          <label className="form-row">
            <span>Password, at least 12 characters</span>
            <input
              className="field"
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={12}
              required
              data-testid="new-password"
            />
          </label>
          <button type="submit" className="button button-primary" disabled={open.isPending}>
            {open.isPending ? 'Making the account…' : 'Make my account'}
          </button>
        </form>
      )}
      {error && (
        <p className="notice notice-error" role="alert">
          {messageOf(error)}{' '}
          {taken && (
            <Link to="/sign-in" search={{ next: '/accreditation/mine' }}>
              Sign in
            </Link>
          )}
        </p>
      )}
    </section>
  );
};
