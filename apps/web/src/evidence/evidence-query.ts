import { routes, type EvidenceJob, type EvidenceProgress } from '@app/contracts';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call } from '../api/call';

const POLL_MS = 1500;

/** A package that was asked for. Asked again until it is ready: what tells of its progress may be lost. */
export const evidenceQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['evidence', jobId],
    queryFn: ({ signal }): Promise<EvidenceJob> => call(routes.getEvidence, { params: { jobId } }, { signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : POLL_MS),
  });

export const isOver = ({ state }: Pick<EvidenceJob, 'state'>): boolean => state === 'ready' || state === 'failed';

/** What a socket told. The end is asked for: size and hash are not in the event. */
export const putProgress = (client: QueryClient, { jobId, state, progress }: EvidenceProgress): void => {
  const { queryKey } = evidenceQuery(jobId);
  client.setQueryData(queryKey, (known) =>
    known && !isOver(known) && !isOver({ state }) && progress >= known.progress ? { ...known, state, progress } : known,
  );
  if (isOver({ state })) void client.invalidateQueries({ queryKey });
};
