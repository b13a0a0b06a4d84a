import type { AccreditationDetail } from '@app/contracts';
import { momentIn } from '../time/format';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const ACTION_WORDS: Readonly<Record<AccreditationDetail['events'][number]['action'], string>> = {
  submit: 'applied',
  ask: 'asked',
  answer: 'answered',
  approve: 'approved',
  reject: 'rejected',
  suspend: 'suspended',
  resume: 'ended the suspension',
  revoke: 'revoked',
  'open-account': 'took the account in use',
};

/** Every step with who took it, when and why. */
export const ApplicationHistory = ({ application }: { application: AccreditationDetail }) => (
  <section className="panel facts-panel" aria-labelledby="history-heading">
    <h2 id="history-heading">History</h2>
    <ol className="steps" data-testid="history">
      {application.events.map((event) => (
        <li key={`${event.at} ${event.action}`}>
          <p>
            <strong dir="auto">{event.actor ?? application.name}</strong> {ACTION_WORDS[event.action]}
          </p>
          {event.reason !== null && <blockquote dir="auto">{event.reason}</blockquote>}
          <p className="small quiet">{momentIn(Date.parse(event.at), ZONE)}</p>
        </li>
      ))}
    </ol>
  </section>
);
