import type { Election } from '@app/contracts';
import { useNow } from '../shell/now';
import { clockIn, hourMinuteIn, offsetOf } from '../time/format';

const STEPS = [
  { phase: 'before-opening', label: 'Before opening', from: null },
  { phase: 'voting', label: 'Voting', from: 'opensAt' },
  { phase: 'counting', label: 'Counting', from: 'closesAt' },
  { phase: 'closed', label: 'Closed', from: 'countEndsAt' },
] as const;

/** Where the day stands, and what time it is at the stations. */
export const PhaseBar = ({ election, timezone }: { election: Election; timezone: string }) => {
  const now = useNow();
  const current = STEPS.findIndex(({ phase }) => phase === election.phase);
  return (
    <section className="phase" aria-label="The day">
      <ol className="phase-steps">
        {STEPS.map(({ phase, label, from }, index) => (
          <li
            key={phase}
            className={`phase-step${index < current ? ' phase-past' : ''}`}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className="phase-label">{label}</span>
            <span className="phase-time">
              {from === null ? ' ' : `from ${hourMinuteIn(Date.parse(election[from]), timezone)}`}
            </span>
          </li>
        ))}
      </ol>
      <p className="phase-clock">
        <time className="clock">{clockIn(now, timezone)}</time>
        <span className="quiet small">station time, {offsetOf(now, timezone)}</span>
      </p>
    </section>
  );
};
