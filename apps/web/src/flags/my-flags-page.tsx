import type { Session } from '@app/contracts';
import { useParams } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { FlagDetail } from '../commission/flag-detail';
import { FlagList } from '../commission/flag-list';
import { useIncidentEvents } from '../commission/use-incident-events';
import { PageHeading } from '../shell/page-heading';
import { StateBadge } from '../station/state-badge';
import { momentIn } from '../time/format';
import { flagStatus } from './flag-words';
import { isUnsent } from './outbox';
import { senderFor, useFlags } from './use-sender';
import '../styles/flags.css';

const OWN = ['incident.flag'] as const;
const READ = ['incident.read-own', 'incident.read-all'] as const;

export const MyFlagsPage = () => (
  <StaffOnly anyOf={OWN} title="My flags">
    {(session) => <MyFlags session={session} />}
  </StaffOnly>
);

/** One of one's own flags. */
export const MyFlagPage = () => {
  const { id } = useParams({ from: '/m/flags/$id' });
  return (
    <StaffOnly anyOf={READ} title="My flag">
      {() => (
        <div className="page">
          <LiveEvents />
          <FlagDetail key={id} id={id} back="/m/flags" />
        </div>
      )}
    </StaffOnly>
  );
};

const MyFlags = ({ session }: { session: Session }) => {
  const unsent = useFlags(session.user.id).filter(isUnsent);
  const sender = senderFor(session.user.id);
  return (
    <div className="page flags-mine">
      <LiveEvents />
      <PageHeading title="My flags">My flags</PageHeading>
      {unsent.length > 0 && (
        <section className="panel outbox" aria-label="Not sent yet">
          <h2>On this device, not with the server yet</h2>
          <ul>
            {unsent.map((flag) => {
              const status = flagStatus(flag);
              return (
                <li key={flag.key} className="outbox-row">
                  <p>
                    <bdi className="code">{flag.stationCode}</bdi> {flag.cameraName},{' '}
                    {momentIn(Date.parse(flag.pressed.at), flag.timezone)}
                  </p>
                  <p className="small">
                    <StateBadge badge={{ tone: status.tone, label: status.text, reason: null }} testId="flag-status" />
                  </p>
                  {flag.userId !== session.user.id && (
                    <p className="small quiet">Made by another account on this device; it is sent when they sign in here.</p>
                  )}
                  {flag.delivery.kind === 'refused' && (
                    <button type="button" className="button" onClick={() => void sender.dismiss(flag.key)}>
                      Remove from this device
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
          <button type="button" className="button" onClick={() => void sender.retryNow()}>
            Send now
          </button>
        </section>
      )}
      {sender.storeProblem !== null && (
        <p className="notice notice-stale">
          This browser does not keep data. Flags are lost if the tab is closed before they are sent.
        </p>
      )}
      <FlagList filter={{ mine: '1' }} base="/m/flags" empty="You have not flagged anything yet" />
    </div>
  );
};

const LiveEvents = () => {
  useIncidentEvents();
  return null;
};
