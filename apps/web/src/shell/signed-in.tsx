import type { Session } from '@app/contracts';
import { lazy, Suspense } from 'react';
import { may } from '../api/queries';
import { withWords } from '../words/load-words';
import { UserMenu } from './user-menu';

const UnsentFlags = lazy(() => withWords(import('../flags/unsent-flags'), 'flags'));
const UnsentReports = lazy(() => withWords(import('../reports/unsent-reports'), 'reports'));

/** What waits on this device to be sent, and who is signed in. Who only watches does not load it. */
const SignedIn = ({ session }: { session: Session }) => (
  <>
    <Suspense fallback={null}>
      {may(session, 'incident.flag') && <UnsentFlags userId={session.user.id} />}
      {may(session, 'report.fill') && <UnsentReports userId={session.user.id} />}
    </Suspense>
    <UserMenu session={session} />
  </>
);

export default SignedIn;
