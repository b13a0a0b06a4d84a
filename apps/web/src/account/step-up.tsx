import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { ApiError, call, messageOf } from '../api/call';
import { sessionQuery } from '../api/queries';
import { t } from '../words';
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
        <h2 id={title}>{t('account:stepUp.title')}</h2>
        <p className="quiet">{t('account:stepUp.about')}</p>
        {stepUp.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(stepUp.error)}
          </p>
        )}
        <CodeField label={t('account:codeOfApp')} focusOn={stepUp.failureReason} />
        <div className="form-buttons">
          <button type="submit" className="button button-primary" disabled={stepUp.isPending} data-testid="step-up">
            {t(stepUp.isPending ? 'account:checking' : 'account:goOn')}
          </button>
          <button type="button" className="button" onClick={onLeave}>
            {t('account:cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
};
