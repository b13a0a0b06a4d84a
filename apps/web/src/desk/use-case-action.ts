import type { Incident } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useStepUp } from '../account/step-up';
import { putIncident } from '../commission/put-incident';

export interface CaseActing {
  /** Does it; where the second factor is asked for anew, again after that was given. The answer is what became of the case, if it tells. */
  run: (request: () => Promise<Incident | undefined>) => void;
  isPending: boolean;
  error: Error | null;
  /** The refusal of something else is no longer shown. */
  forget: () => void;
  /** Asks for the second factor; to be shown somewhere on the page. */
  dialog: ReactNode;
}

/** Changes of a case: after each one the case is read anew, whether it was done or refused; lists have what was answered. */
export const useCaseAction = (id: string, onDone: () => void): CaseActing => {
  const client = useQueryClient();
  const stepUp = useStepUp();
  const acting = useMutation({
    mutationFn: (request: () => Promise<Incident | undefined>) => stepUp.run(request),
    onSuccess: (incident) => {
      if (incident) putIncident(client, incident);
      onDone();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['flag', id] }),
  });
  return {
    run: (request) => {
      if (!acting.isPending) acting.mutate(request);
    },
    isPending: acting.isPending,
    error: acting.error,
    forget: acting.reset,
    dialog: stepUp.dialog,
  };
};
