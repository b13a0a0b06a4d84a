import { useId, useState, type RefObject } from 'react';
import { serverClock } from '../api/server-clock';
import { t } from '../words';
import { Rich } from '../words/rich';
import type { Span } from './day-record';
import { parseTypedTime } from './typed-time';

interface Props {
  day: Span;
  timezone: string;
  field: RefObject<HTMLInputElement | null>;
  onTime: (at: number) => void;
}

/** A time of the day, typed. What is wrong with it is said at the field. */
export const TimeField = ({ day, timezone, field, onTime }: Props) => {
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  return (
    <form
      className="time-field"
      aria-label={t('past:goTo.heading')}
      onSubmit={(event) => {
        event.preventDefault();
        const result = parseTypedTime(field.current?.value ?? '', day, timezone, serverClock.now());
        setProblem(result.kind === 'bad' ? result.message : null);
        if (result.kind === 'bad') return field.current?.focus();
        onTime(result.at);
        field.current?.blur();
      }}
    >
      <label htmlFor={id}>
        <Rich text="past:goTo.label" components={{ hidden: <span className="visually-hidden" /> }} />
      </label>
      <input
        ref={field}
        id={id}
        className="field"
        name="time"
        placeholder="14:05:07"
        autoComplete="off"
        inputMode="text"
        size={9}
        maxLength={12}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        data-testid="typed-time"
        onFocus={({ target }) => target.select()}
        onChange={() => setProblem(null)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <button type="submit" className="button">
        {t('past:goTo.go')}
      </button>
      {problem !== null && (
        <p id={`${id}-problem`} className="time-problem small" role="alert" data-testid="typed-time-problem">
          {problem}
        </p>
      )}
    </form>
  );
};
