import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useStepUp } from '../account/step-up';

export interface CaseActing {
  /** Does it; where the second factor is asked for anew, again after that was given. */
  run: (request: () => Promise<unknown>) => void;
  isPending: boolean;
  error: Error | null;
  /** Asks for the second factor; to be shown somewhere on the page. */
  dialog: ReactNode;
}

/** Changes of a case: after each one the case is read anew, whether it was done or refused. */
export const useCaseAction = (id: string, onDone: () => void): CaseActing => {
  const client = useQueryClient();
  const stepUp = useStepUp();
  const acting = useMutation({
    mutationFn: (request: () => Promise<unknown>) => stepUp.run(request),
    onSuccess: onDone,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['flag', id] });
      void client.invalidateQueries({ queryKey: ['queue'] });
    },
  });
  return { run: (request) => acting.mutate(request), isPending: acting.isPending, error: acting.error, dialog: stepUp.dialog };
};
