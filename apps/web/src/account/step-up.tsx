import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { ApiError, call, messageOf } from '../api/call';
import { sessionQuery } from '../api/queries';
import { CodeField, codeIn } from './code-field';
import '../styles/account.css';

/**
 * For what needs the second factor anew: `run` does it, and where the server asks for the code first, the dialog asks
 * the person and does it again. Show `dialog` somewhere on the page.
 */
export const useStepUp = (): { run: <T>(act: () => Promise<T>) => Promise<T>; dialog: ReactNode } => {
  const [asked, setAsked] = useState<{ shown: () => void; left: () => void } | null>(null);
  const run = async <T,>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'access.step-up-needed')) throw error;
      await new Promise<void>((shown, left) => setAsked({ shown, left: () => left(error) })).finally(() => setAsked(null));
      return act();
    }
  };
  return { run, dialog: asked && <StepUpDialog onShown={asked.shown} onLeave={asked.left} /> };
};

const StepUpDialog = ({ onShown, onLeave }: { onShown: () => void; onLeave: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const client = useQueryClient();
  const stepUp = useMutation({
    mutationFn: (totp: string) => call(routes.stepUp, { body: { totp } }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      onShown();
    },
  });
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="panel step-up"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          stepUp.mutate(codeIn(event.currentTarget));
        }}
      >
        <h2 id={title}>Show your second factor</h2>
        <p className="quiet">What you are about to do asks for it. It then counts for ten minutes.</p>
        {stepUp.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(stepUp.error)}
          </p>
        )}
        <CodeField label="Code of your authenticator app" focusOn={stepUp.failureReason} />
        <div className="form-buttons">
          <button type="submit" className="button button-primary" disabled={stepUp.isPending} data-testid="step-up">
            {stepUp.isPending ? 'Checking…' : 'Go on'}
          </button>
          <button type="button" className="button" onClick={onLeave}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
};
