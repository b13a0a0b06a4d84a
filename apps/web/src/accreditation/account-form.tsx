import type { OwnApplication } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { ApiError, messageOf } from '../api/call';
import { useSession } from '../api/queries';
import { t } from '../words';
import { Rich } from '../words/rich';
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
      <h2 id="account-heading">{t('accreditation:account.title')}</h2>
      {application.hasAccount ? (
        <p>
          <Rich
            text="accreditation:account.has"
            values={{ email: application.email }}
            components={{ signIn: <Link to="/sign-in" />, strong: <strong /> }}
          />
        </p>
      ) : own ? (
        <>
          <p>{t('accreditation:account.own', { email: application.email })}</p>
          <button type="button" className="button button-primary" disabled={link.isPending} onClick={() => link.mutate()}>
            {t('accreditation:account.use')}
          </button>
        </>
      ) : (
        <form className="form" onSubmit={submit}>
          <p>
            <Rich text="accreditation:account.choose" values={{ email: application.email }} components={{ strong: <strong /> }} />
          </p>
          <label className="form-row">
            <span>{t('accreditation:account.password')}</span>
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
            {t(open.isPending ? 'accreditation:account.making' : 'accreditation:account.make')}
          </button>
        </form>
      )}
      {error && (
        <p className="notice notice-error" role="alert">
          {messageOf(error)}{' '}
          {taken && (
            <Link to="/sign-in" search={{ next: '/accreditation/mine' }}>
              {t('accreditation:account.signIn')}
            </Link>
          )}
        </p>
      )}
    </section>
  );
};
