import type { Permission, Session } from '@app/contracts';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { may, useSession } from '../api/queries';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';

interface Props {
  /** `signed-in`: whoever is. */
  anyOf: readonly Permission[] | 'signed-in';
  title: string;
  children: (session: Session) => ReactNode;
}

/** A page for people with a permission. The server refuses on its own; this tells the person what to do about it. */
export const StaffOnly = ({ anyOf, title, children }: Props) => {
  const session = useSession(true);
  const { href } = useLocation();
  if (session.isPending)
    return (
      <div className="page">
        <Skeleton label={t('account:loading')} count={3} className="skeleton-line" />
      </div>
    );
  if (session.isError && !session.data)
    return (
      <div className="narrow">
        <ErrorNotice title={t('account:gate.unknown')} error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  const unproven = session.data && (session.data.secondFactor === 'to-enrol' || session.data.secondFactor === 'to-show');
  if (session.data && !unproven && (anyOf === 'signed-in' || anyOf.some((permission) => may(session.data, permission))))
    return children(session.data);
  if (session.data && unproven)
    return (
      <div className="narrow">
        <PageHeading title={title}>{title}</PageHeading>
        {session.data.secondFactor === 'to-enrol' ? (
          <EmptyNotice title={t('account:gate.toEnrol')}>
            <Link to="/account/second-factor" search={{ next: href }} className="button button-primary">
              {t('account:gate.setUp')}
            </Link>
          </EmptyNotice>
        ) : (
          <EmptyNotice title={t('account:gate.toShow')}>
            <p>{t('account:gate.signInAgain')}</p>
            <Link to="/sign-in" search={{ next: href }} className="button button-primary">
              {t('account:signIn')}
            </Link>
          </EmptyNotice>
        )}
      </div>
    );
  return (
    <div className="narrow">
      <PageHeading title={title}>{title}</PageHeading>
      {session.data ? (
        <EmptyNotice title={t('account:gate.noAccess')}>
          <p>{t('account:gate.ask')}</p>
        </EmptyNotice>
      ) : (
        <EmptyNotice title={t('account:gate.signIn')}>
          <Link to="/sign-in" search={{ next: href }} className="button button-primary">
            {t('account:signIn')}
          </Link>
        </EmptyNotice>
      )}
    </div>
  );
};
