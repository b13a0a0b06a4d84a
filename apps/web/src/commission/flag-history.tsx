import type { CaseAction, IncidentDetail } from '@app/contracts';
import { ACTION_WORDS } from '../desk/case-words';
import { momentIn } from '../time/format';

/** Events of the system, and those that are no action of a person by that name. */
const WORDS: Readonly<Record<string, string>> = {
  flagged: 'Flagged',
  described: 'Details added',
  withdrawn: 'Withdrawn',
  'clip-ready': 'Clip made',
  'clip-failed': 'Clip could not be made',
  'outage-joined': 'More cameras failed with it',
  'outage-ended': 'Over',
  'outage-resumed': 'Failed again',
};

const wordsOf = (type: string): string =>
  WORDS[type] ?? (type in ACTION_WORDS ? ACTION_WORDS[type as CaseAction] : type.replaceAll('-', ' '));

/** Everything that happened to a flag, oldest first. Nothing is ever overwritten. */
export const FlagHistory = ({ incident }: { incident: IncidentDetail }) => (
  <section className="panel history" aria-labelledby="history-title">
    <h2 id="history-title">History</h2>
    <ol>
      {[...incident.events]
        .sort((a, b) => a.at.localeCompare(b.at))
        .map((event) => (
          <li key={event.id}>
            <p>
              {wordsOf(event.type)}
              {event.actor !== null && <span className="quiet"> by {event.actor}</span>}
            </p>
            <p className="small quiet">
              <time dateTime={event.at}>{momentIn(Date.parse(event.at), incident.station.timezone)}</time>
            </p>
          </li>
        ))}
    </ol>
  </section>
);
