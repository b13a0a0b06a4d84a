import { routes } from '@app/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { call, messageOf } from '../api/call';
import { may } from '../api/queries';
import { withWords } from '../words/load-words';
import { StaffOnly } from './staff-only';
import { textIn } from './code-field';
import { factorQuery } from './account-queries';
import { PageHeading } from '../shell/page-heading';
import { ErrorNotice } from '../shell/notices';
import { momentIn } from '../time/format';
import { OwnSessions } from './own-sessions';
import { OwnTokens } from './own-tokens';
import { RecoveryCodeList } from './recovery-code-list';
import { useStepUp } from './step-up';
import '../styles/account.css';

const OwnTrail = lazy(() => withWords(import('../audit/own-trail'), 'audit', 'terms'));
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One's own account: where one is signed in, with what, and which programs act in one's name. */
export const AccountPage = () => (
  <StaffOnly anyOf="signed-in" title="Account">
    {(session) => (
      <div className="page account">
        <PageHeading title="Account">Account</PageHeading>
        <p className="quiet">
          {session.user.name}, {session.user.email}
          {session.user.roles.length > 0 && ` — ${session.user.roles.join(', ')}`}
        </p>
        <OwnSessions />
        <SecondFactorPart />
        <PasswordPart />
        <OwnTokens session={session} />
        {may(session, 'audit.read-own') && may(session, 'incident.flag') && (
          <Suspense fallback={null}>
            <OwnTrail />
          </Suspense>
        )}
      </div>
    )}
  </StaffOnly>
);

const SecondFactorPart = () => {
  const factor = useQuery(factorQuery);
  const { run, dialog } = useStepUp();
  const renew = useMutation({
    mutationFn: () => run(() => call(routes.renewRecoveryCodes, {})),
    onSuccess: () => factor.refetch(),
  });
  return (
    <section aria-labelledby="factor">
      <h2 id="factor">Second factor</h2>
      {factor.isError && (
        <ErrorNotice title="It could not be loaded" error={factor.error} onRetry={() => void factor.refetch()} />
      )}
      {factor.data && (
        <p>
          {factor.data.since
            ? `Authenticator app since ${momentIn(Date.parse(factor.data.since), ZONE)}; ${factor.data.recoveryCodesLeft} recovery codes left.`
            : 'None. With one, your password alone signs nobody in.'}
        </p>
      )}
      <div className="form-buttons">
        <Link to="/account/second-factor" search={{ next: '/account' }} className="button">
          {factor.data?.since ? 'Set up another device' : 'Set one up'}
        </Link>
        {factor.data?.since && (
          <button type="button" className="button" disabled={renew.isPending} onClick={() => renew.mutate()}>
            New recovery codes
          </button>
        )}
      </div>
      {renew.isError && (
        <p className="notice notice-error" role="alert">
          {messageOf(renew.error)}
        </p>
      )}
      {renew.data && <RecoveryCodeList codes={renew.data.recoveryCodes} />}
      {dialog}
    </section>
  );
};

const PasswordPart = () => {
  const form = useRef<HTMLFormElement>(null);
  const { run, dialog } = useStepUp();
  const [done, setDone] = useState(false);
  const change = useMutation({
    mutationFn: (body: { password: string; newPassword: string }) => run(() => call(routes.changePassword, { body })),
    onMutate: () => setDone(false),
    onSuccess: () => {
      form.current?.reset();
      setDone(true);
    },
  });
  return (
    <section aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form
        ref={form}
        className="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          const fields = event.currentTarget;
          change.mutate({ password: textIn(fields, 'password'), newPassword: textIn(fields, 'newPassword') });
        }}
      >
        <label className="form-row">
          <span>Present password</span>
          <input className="field" type="password" name="password" autoComplete="current-password" required />
        </label>
        <label className="form-row">
          <span>New password, 12 characters or more</span>
          <input className="field" type="password" name="newPassword" autoComplete="new-password" minLength={12} required />
        </label>
        <button type="submit" className="button" disabled={change.isPending}>
          Change it
        </button>
      </form>
      {change.isError && (
        <p className="notice notice-error" role="alert">
          {messageOf(change.error)}
        </p>
      )}
      <p className="small" role="status">
        {done ? 'Changed. Your other sessions have ended.' : ''}
      </p>
      {dialog}
    </section>
  );
};
