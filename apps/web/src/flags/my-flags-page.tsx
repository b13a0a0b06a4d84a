import type { Session } from '@app/contracts';
import { useParams } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { FlagDetail } from '../commission/flag-detail';
import { FlagList } from '../commission/flag-list';
import { useIncidentEvents } from '../commission/use-incident-events';
import { PageHeading } from '../shell/page-heading';
import { StateBadge } from '../station/state-badge';
import { momentIn } from '../time/format';
import { t } from '../words';
import { flagStatus } from './flag-words';
import { isUnsent } from './outbox';
import { senderFor, useFlags } from './use-sender';
import '../styles/flags.css';

const OWN = ['incident.flag'] as const;
const READ = ['incident.read-own', 'incident.read-all'] as const;

export const MyFlagsPage = () => (
  <StaffOnly anyOf={OWN} title={t('shell:myFlags')}>
    {(session) => <MyFlags session={session} />}
  </StaffOnly>
);

/** One of one's own flags. */
export const MyFlagPage = () => {
  const { id } = useParams({ from: '/m/flags/$id' });
  return (
    <StaffOnly anyOf={READ} title={t('flags:mine.one')}>
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
      <PageHeading title={t('shell:myFlags')}>{t('shell:myFlags')}</PageHeading>
      {unsent.length > 0 && (
        <section className="panel outbox" aria-label={t('flags:mine.unsent')}>
          <h2>{t('flags:mine.unsentHeading')}</h2>
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
                  {flag.userId !== session.user.id && <p className="small quiet">{t('flags:mine.otherAccount')}</p>}
                  {flag.delivery.kind === 'refused' && (
                    <button type="button" className="button" onClick={() => void sender.dismiss(flag.key)}>
                      {t('flags:mine.remove')}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
          <button type="button" className="button" onClick={() => void sender.retryNow()}>
            {t('flags:mine.sendNow')}
          </button>
        </section>
      )}
      {sender.storeProblem !== null && <p className="notice notice-stale">{t('flags:mine.notKept')}</p>}
      <FlagList filter={{ mine: '1' }} base="/m/flags" empty={t('flags:mine.none')} />
    </div>
  );
};

const LiveEvents = () => {
  useIncidentEvents();
  return null;
};
