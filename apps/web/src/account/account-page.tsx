import { routes, type Session } from '@app/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { call, messageOf } from '../api/call';
import { may } from '../api/queries';
import { t } from '../words';
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
  <StaffOnly anyOf="signed-in" title={t('account:title')}>
    {(session) => (
      <div className="page account">
        <PageHeading title={t('account:title')}>{t('account:title')}</PageHeading>
        <p className="quiet">{whoIs(session)}</p>
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

const whoIs = ({ user: { name, email, roles } }: Session): string =>
  roles.length === 0
    ? t('account:who', { name, email })
    : t('account:whoRoles', { name, email, roles: roles.map((role) => t(`terms:roles.${role}`)).join(', ') });

const SecondFactorPart = () => {
  const factor = useQuery(factorQuery);
  const { run, dialog } = useStepUp();
  const renew = useMutation({
    mutationFn: () => run(() => call(routes.renewRecoveryCodes, {})),
    onSuccess: () => factor.refetch(),
  });
  return (
    <section aria-labelledby="factor">
      <h2 id="factor">{t('account:factor.title')}</h2>
      {factor.isError && (
        <ErrorNotice title={t('account:factor.notLoaded')} error={factor.error} onRetry={() => void factor.refetch()} />
      )}
      {factor.data && (
        <p>
          {factor.data.since
            ? t('account:factor.since', {
                since: momentIn(Date.parse(factor.data.since), ZONE),
                count: factor.data.recoveryCodesLeft,
              })
            : t('account:factor.none')}
        </p>
      )}
      <div className="form-buttons">
        <Link to="/account/second-factor" search={{ next: '/account' }} className="button">
          {t(factor.data?.since ? 'account:factor.another' : 'account:factor.setOneUp')}
        </Link>
        {factor.data?.since && (
          <button type="button" className="button" disabled={renew.isPending} onClick={() => renew.mutate()}>
            {t('account:factor.newCodes')}
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
      <h2 id="password">{t('account:password')}</h2>
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
          <span>{t('account:passwords.present')}</span>
          <input className="field" type="password" name="password" autoComplete="current-password" required />
        </label>
        <label className="form-row">
          <span>{t('account:passwords.new')}</span>
          <input className="field" type="password" name="newPassword" autoComplete="new-password" minLength={12} required />
        </label>
        <button type="submit" className="button" disabled={change.isPending}>
          {t('account:passwords.change')}
        </button>
      </form>
      {change.isError && (
        <p className="notice notice-error" role="alert">
          {messageOf(change.error)}
        </p>
      )}
      <p className="small" role="status">
        {done ? t('account:passwords.changed') : ''}
      </p>
      {dialog}
    </section>
  );
};
