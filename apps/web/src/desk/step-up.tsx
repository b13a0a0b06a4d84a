import { useEffect, useId, useRef } from 'react';
import type { CaseActing } from './use-case-action';

/** Asks for the second factor anew before something that cannot be taken back. */
export const StepUp = ({ acting }: { acting: CaseActing }) => {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="notice step-up"
      onSubmit={(event) => {
        event.preventDefault();
        acting.giveCode(field.current?.value.replace(/\s/g, '') ?? '');
      }}
    >
      <label htmlFor={id} className="notice-title">
        Code of your second factor
      </label>
      <p className="small quiet">Decisions and exports ask for it anew every ten minutes.</p>
      <input
        ref={field}
        id={id}
        className="field mono"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]{6,7}"
        required
        data-testid="step-up-code"
      />
      <div className="form-buttons">
        <button type="submit" className="button button-primary" disabled={acting.isPending}>
          Confirm
        </button>
        <button type="button" className="button" onClick={acting.giveUp}>
          Cancel
        </button>
      </div>
    </form>
  );
};
