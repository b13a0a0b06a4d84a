import { routes, type Session } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ApiError, call, messageOf } from '../api/call';
import { may, sessionQuery } from '../api/queries';
import { rememberSignedIn } from '../api/session-hint';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { CodeField, codeIn, textIn } from './code-field';
import '../styles/account.css';

interface Credentials {
  email: string;
  password: string;
}

type Step = { kind: 'password' } | { kind: 'code' | 'recovery'; credentials: Credentials };

/** `next`: path to go on to; ours only. */
export const SignInPage = ({ next }: { next: string | undefined }) => {
  const goOn = useGoOn(next);
  const [step, setStep] = useState<Step>({ kind: 'password' });
  const signIn = useMutation({
    mutationFn: (body: Credentials & { totp?: string; recoveryCode?: string }) => call(routes.signIn, { body }),
    onSuccess: goOn,
    onError: (error, { email, password }) => {
      if (error instanceof ApiError && error.code === 'session.second-factor-needed')
        setStep({ kind: 'code', credentials: { email, password } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (step.kind === 'password') signIn.mutate({ email: textIn(form, 'email').trim(), password: textIn(form, 'password') });
    else if (step.kind === 'code') signIn.mutate({ ...step.credentials, totp: codeIn(form) });
    else signIn.mutate({ ...step.credentials, recoveryCode: textIn(form, 'recoveryCode').trim() });
  };
  const refused = signIn.isError && !(signIn.error instanceof ApiError && signIn.error.code === 'session.second-factor-needed');
  const turnTo = (kind: 'code' | 'recovery' | 'password') => {
    signIn.reset();
    setStep(kind === 'password' || step.kind === 'password' ? { kind: 'password' } : { kind, credentials: step.credentials });
  };
  return (
    <div className="narrow">
      <PageHeading title={t('account:signInTitle')}>{t('account:signInTitle')}</PageHeading>
      <p className="quiet">
        {step.kind === 'password' ? t('account:forWhom') : t('account:oneMoreStep', { email: step.credentials.email })}
      </p>
      <form className="panel form" onSubmit={submit}>
        {refused && (
          <p className="notice notice-error" role="alert">
            {messageOf(signIn.error)}
          </p>
        )}
        {step.kind === 'password' && <PasswordFields />}
        {step.kind === 'code' && <CodeField label={t('account:codeOfApp')} focusOn={signIn.failureReason} />}
        {step.kind === 'recovery' && <RecoveryField />}
        <button type="submit" className="button button-primary button-wide" disabled={signIn.isPending} data-testid="submit">
          {t(signIn.isPending ? 'account:signingIn' : step.kind === 'password' ? 'account:signIn' : 'account:goOn')}
        </button>
        {step.kind !== 'password' && (
          <div className="form-more">
            <button type="button" className="link-button" onClick={() => turnTo(step.kind === 'code' ? 'recovery' : 'code')}>
              {t(step.kind === 'code' ? 'account:useRecovery' : 'account:useApp')}
            </button>
            <button type="button" className="link-button" onClick={() => turnTo('password')}>
              {t('account:anotherAccount')}
            </button>
          </div>
        )}
      </form>
    </div>
  );
};

const PasswordFields = () => (
  <>
    <label className="form-row">
      <span>{t('account:email')}</span>
      <input className="field" name="email" type="email" autoComplete="username" required data-testid="email" />
    </label>
    <label className="form-row">
      <span>{t('account:password')}</span>
      <input className="field" name="password" type="password" autoComplete="current-password" required data-testid="password" />
    </label>
  </>
);

const RecoveryField = () => (
  <label className="form-row">
    <span>{t('account:recoveryCode')}</span>
    <input
      className="field code-field"
      name="recoveryCode"
      type="text"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      required
      data-testid="recovery-code"
      ref={(field) => field?.focus()}
    />
  </label>
);

const useGoOn = (next: string | undefined) => {
  const navigate = useNavigate();
  const { history } = useRouter();
  const client = useQueryClient();
  return async (session: Session) => {
    rememberSignedIn(true);
    await client.cancelQueries(sessionQuery);
    client.setQueryData(sessionQuery.queryKey, session);
    const ours = next !== undefined && /^\/(?![/\\])/.test(next) ? next : undefined;
    if (session.secondFactor === 'to-enrol') await navigate({ to: '/account/second-factor', search: ours ? { next: ours } : {} });
    else if (ours !== undefined) history.push(ours);
    else await navigate({ to: may(session, 'incident.read-all') ? '/c/flags' : '/' });
  };
};
