import type { Election } from '@app/contracts';
import { useNow } from '../shell/now';
import { clockIn, hourMinuteIn, offsetOf } from '../time/format';
import { t } from '../words';

const STEPS = [
  { phase: 'before-opening', from: null },
  { phase: 'voting', from: 'opensAt' },
  { phase: 'counting', from: 'closesAt' },
  { phase: 'closed', from: 'countEndsAt' },
] as const;

/** Where the day stands, and what time it is at the stations. */
export const PhaseBar = ({ election, timezone }: { election: Election; timezone: string }) => {
  const now = useNow();
  const current = STEPS.findIndex(({ phase }) => phase === election.phase);
  return (
    <section className="phase" aria-label={t('start:theDay')}>
      <ol className="phase-steps">
        {STEPS.map(({ phase, from }, index) => (
          <li
            key={phase}
            className={`phase-step${index < current ? ' phase-past' : ''}`}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className="phase-label">{t(`start:phases.${phase}`)}</span>
            <span className="phase-time">
              {from === null ? ' ' : t('start:phaseFrom', { time: hourMinuteIn(Date.parse(election[from]), timezone) })}
            </span>
          </li>
        ))}
      </ol>
      <p className="phase-clock">
        <time className="clock">{clockIn(now, timezone)}</time>
        <span className="quiet small">{t('start:stationTime', { zone: offsetOf(now, timezone) })}</span>
      </p>
    </section>
  );
};
