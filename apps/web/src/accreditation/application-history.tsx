import type { AccreditationDetail } from '@app/contracts';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every step with who took it, when and why. */
export const ApplicationHistory = ({ application }: { application: AccreditationDetail }) => (
  <section className="panel facts-panel" aria-labelledby="history-heading">
    <h2 id="history-heading">{t('accreditation:history.title')}</h2>
    <ol className="steps" data-testid="history">
      {application.events.map((event) => (
        <li key={`${event.at} ${event.action}`}>
          <p>
            <Rich
              text={`accreditation:history.${event.action}`}
              values={{ name: event.actor ?? application.name }}
              components={{ name: <strong dir="auto" /> }}
            />
          </p>
          {event.reason !== null && <blockquote dir="auto">{event.reason}</blockquote>}
          <p className="small quiet">{momentIn(Date.parse(event.at), ZONE)}</p>
        </li>
      ))}
    </ol>
  </section>
);
