import type { IncidentDetail } from '@app/contracts';
import { momentIn } from '../time/format';
import { t, textOr } from '../words';
import { Rich } from '../words/rich';

/** What a later version of the server tells is better shown by its own name than not at all. */
const wordsOf = (type: string): string => textOr(`terms:events.${type}`, type.replaceAll('-', ' '));

/** Everything that happened to a flag, oldest first. Nothing is ever overwritten. */
export const FlagHistory = ({ incident }: { incident: IncidentDetail }) => (
  <section className="panel history" aria-labelledby="history-title">
    <h2 id="history-title">{t('commission:history.heading')}</h2>
    <ol>
      {[...incident.events]
        .sort((a, b) => a.at.localeCompare(b.at))
        .map((event) => (
          <li key={event.id}>
            <p>
              {event.actor === null ? (
                wordsOf(event.type)
              ) : (
                <Rich
                  text="commission:history.by"
                  values={{ event: wordsOf(event.type), actor: event.actor }}
                  components={{ quiet: <span className="quiet" /> }}
                />
              )}
            </p>
            <p className="small quiet">
              <time dateTime={event.at}>{momentIn(Date.parse(event.at), incident.station.timezone)}</time>
            </p>
          </li>
        ))}
    </ol>
  </section>
);
