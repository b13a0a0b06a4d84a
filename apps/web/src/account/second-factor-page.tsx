import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { call, messageOf } from '../api/call';
import { sessionQuery, useSession } from '../api/queries';
import { EmptyNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
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
  if (isPending) return <Skeleton label="Loading" count={3} className="skeleton-line" />;
  if (!session)
    return (
      <div className="narrow">
        <PageHeading title="Second factor">Second factor</PageHeading>
        <EmptyNotice title="Sign in first">
          <Link to="/sign-in" search={{ next: '/account/second-factor' }} className="button button-primary">
            Sign in
          </Link>
        </EmptyNotice>
      </div>
    );
  if (codes)
    return (
      <div className="narrow account-narrow">
        <PageHeading title="Recovery codes">Your second factor is set up</PageHeading>
        <RecoveryCodeList codes={codes} />
        <button
          type="button"
          className="button button-primary button-wide"
          onClick={() => history.push(next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/account')}
          data-testid="kept"
        >
          I have kept them
        </button>
      </div>
    );
  const failed = begin.error ?? confirm.error;
  return (
    <div className="narrow account-narrow">
      <PageHeading title="Second factor">Set up a second factor</PageHeading>
      {session.secondFactor === 'to-enrol' && (
        <p className="notice notice-stale">Your role asks for one. Until it is set up, your account may do nothing else.</p>
      )}
      <div className="panel form">
        {failed && (
          <p className="notice notice-error" role="alert">
            {messageOf(failed)}
          </p>
        )}
        {begin.data ? (
          <>
            <p>1. Point your authenticator app at this picture, or type the key into it.</p>
            <img
              className="qr"
              alt="QR code of the key below"
              src={`data:image/svg+xml,${encodeURIComponent(begin.data.qrSvg)}`}
            />
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
              <CodeField label="2. Type the code that the app shows now" focusOn={confirm.failureReason} />
              <button
                type="submit"
                className="button button-primary button-wide"
                disabled={confirm.isPending}
                data-testid="confirm"
              >
                {confirm.isPending ? 'Checking…' : 'Confirm'}
              </button>
            </form>
          </>
        ) : (
          <>
            <p>
              You need an authenticator app on your telephone or computer, such as Aegis, 2FAS, Google Authenticator or a password
              manager. It shows a new code every 30 seconds; you type one when you sign in.
            </p>
            <button
              type="button"
              className="button button-primary button-wide"
              disabled={begin.isPending}
              onClick={() => begin.mutate()}
              data-testid="begin"
            >
              Show the key
            </button>
          </>
        )}
      </div>
      {dialog}
    </div>
  );
};
