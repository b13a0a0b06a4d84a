import type { Session } from '@app/contracts';
import { useEffect, type ReactNode } from 'react';
import { StaffOnly } from '../account/staff-only';
import { rememberUser } from './kit';
import { useReporter } from './queries';
import '../styles/reports.css';

const FILL = ['report.fill'] as const;
export type Reporter = Pick<Session['user'], 'id' | 'name'>;

/** A page for those who fill in forms. It opens without network too, for whoever used it on this device before. */
export const ReportersOnly = ({ title, children }: { title: string; children: (user: Reporter) => ReactNode }) => {
  const reporter = useReporter();
  if (reporter?.offline) return children(reporter.user);
  return (
    <StaffOnly anyOf={FILL} title={title}>
      {(session) => <Remembered session={session}>{children(session.user)}</Remembered>}
    </StaffOnly>
  );
};

const Remembered = ({ session, children }: { session: Session; children: ReactNode }) => {
  useEffect(() => rememberUser(session.user), [session]);
  return children;
};
