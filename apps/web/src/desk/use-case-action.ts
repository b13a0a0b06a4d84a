import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call } from '../api/call';

export type CaseRequest = () => Promise<unknown>;

export interface CaseActing {
  /** Does it; where the second factor is asked for anew, again after that was given. */
  run: (request: CaseRequest) => void;
  isPending: boolean;
  error: Error | null;
  /** Waits for the second factor. */
  asksForCode: boolean;
  giveCode: (totp: string) => void;
  giveUp: () => void;
}

/** Changes of a case: after each one the case is read anew, whether it was done or refused. */
export const useCaseAction = (id: string, onDone: () => void): CaseActing => {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<CaseRequest | null>(null);
  const reread = () => {
    void client.invalidateQueries({ queryKey: ['flag', id] });
    void client.invalidateQueries({ queryKey: ['queue'] });
  };
  const acting = useMutation({
    mutationFn: ({ request }: { request: CaseRequest }) => request(),
    onSuccess: () => {
      setWaiting(null);
      onDone();
    },
    onError: (error, { request }) => {
      if (error instanceof ApiError && error.code === 'access.step-up-needed') setWaiting(() => request);
    },
    onSettled: reread,
  });
  const stepping = useMutation({
    mutationFn: (totp: string) => call(routes.stepUp, { body: { totp } }),
    onSuccess: () => waiting && acting.mutate({ request: waiting }),
  });
  const isStepUp = acting.error instanceof ApiError && acting.error.code === 'access.step-up-needed';
  return {
    run: (request) => acting.mutate({ request }),
    isPending: acting.isPending || stepping.isPending,
    error: stepping.error ?? (isStepUp ? null : acting.error),
    asksForCode: waiting !== null,
    giveCode: (totp) => stepping.mutate(totp),
    giveUp: () => {
      setWaiting(null);
      acting.reset();
      stepping.reset();
    },
  };
};
