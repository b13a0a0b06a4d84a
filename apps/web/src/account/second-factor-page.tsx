import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { call, messageOf } from '../api/call';
import { sessionQuery, useSession } from '../api/queries';
import { EmptyNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { CodeField, codeIn } from './code-field';
import { RecoveryCodeList } from './recovery-code-list';
import { useStepUp } from './step-up';
import '../styles/account.css';

/** Setting up an authenticator app: the secret once, as a picture and as text, then a code that proves it arrived. */
export const SecondFactorPage = ({ next }: { next: string | undefined }) => {
  const { data: session, isPending } = useSession(true);
  const client = useQueryClient();
  const { history } = useRouter();
  const { run, dialog } = useStepUp();
  const [codes, setCodes] = useState<string[] | null>(null);
  const begin = useMutation({ mutationFn: () => run(() => call(routes.beginSecondFactor, {})) });
  const confirm = useMutation({
    mutationFn: (totp: string) => run(() => call(routes.confirmSecondFactor, { body: { totp } })),
    onSuccess: async ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  if (isPending) return <Skeleton label={t('account:loading')} count={3} className="skeleton-line" />;
  if (!session)
    return (
      <div className="narrow">
        <PageHeading title={t('account:factor.title')}>{t('account:factor.title')}</PageHeading>
        <EmptyNotice title={t('account:setup.signInFirst')}>
          <Link to="/sign-in" search={{ next: '/account/second-factor' }} className="button button-primary">
            {t('account:signIn')}
          </Link>
        </EmptyNotice>
      </div>
    );
  if (codes)
    return (
      <div className="narrow account-narrow">
        <PageHeading title={t('account:setup.codesTitle')}>{t('account:setup.done')}</PageHeading>
        <RecoveryCodeList codes={codes} />
        <button
          type="button"
          className="button button-primary button-wide"
          onClick={() => history.push(next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/account')}
          data-testid="kept"
        >
          {t('account:setup.kept')}
        </button>
      </div>
    );
  const failed = begin.error ?? confirm.error;
  return (
    <div className="narrow account-narrow">
      <PageHeading title={t('account:factor.title')}>{t('account:setup.heading')}</PageHeading>
      {session.secondFactor === 'to-enrol' && <p className="notice notice-stale">{t('account:setup.needed')}</p>}
      <div className="panel form">
        {failed && (
          <p className="notice notice-error" role="alert">
            {messageOf(failed)}
          </p>
        )}
        {begin.data ? (
          <>
            <p>{t('account:setup.point')}</p>
            <img className="qr" alt={t('account:setup.qr')} src={`data:image/svg+xml,${encodeURIComponent(begin.data.qrSvg)}`} />
            <p className="secret mono" data-testid="secret">
              {begin.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            </p>
            <form
              className="form-inner"
              onSubmit={(event) => {
                event.preventDefault();
                confirm.mutate(codeIn(event.currentTarget));
              }}
            >
              <CodeField label={t('account:setup.type')} focusOn={confirm.failureReason} />
              <button
                type="submit"
                className="button button-primary button-wide"
                disabled={confirm.isPending}
                data-testid="confirm"
              >
                {t(confirm.isPending ? 'account:checking' : 'account:setup.confirm')}
              </button>
            </form>
          </>
        ) : (
          <>
            <p>{t('account:setup.need')}</p>
            <button
              type="button"
              className="button button-primary button-wide"
              disabled={begin.isPending}
              onClick={() => begin.mutate()}
              data-testid="begin"
            >
              {t('account:setup.showKey')}
            </button>
          </>
        )}
      </div>
      {dialog}
    </div>
  );
};
