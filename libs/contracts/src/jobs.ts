import { z } from 'zod';

/**
 * Every job there is: its queue and its payload. A payload never carries a secret: the worker reads
 * a camera's source from the database itself.
 */
export const JOBS = {
  'package-camera': { queue: 'packaging', payload: z.strictObject({ cameraId: z.uuid() }) },
  'package-pushed-camera': { queue: 'packaging-push', payload: z.strictObject({ cameraId: z.uuid() }) },
  'cut-clip': { queue: 'clips', payload: z.strictObject({ incidentId: z.uuid() }) },
  'make-scrub-sheet': {
    queue: 'scrub',
    payload: z.strictObject({ cameraId: z.uuid(), startsAt: z.number().int() }),
  },
  'compare-desired': { queue: 'upkeep', payload: z.strictObject({}) },
  'watch-clocks': { queue: 'review', payload: z.strictObject({}) },
} as const;

export type JobName = keyof typeof JOBS;
export type QueueName = (typeof JOBS)[JobName]['queue'];
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;
export const QUEUES = [...new Set(Object.values(JOBS).map((job) => job.queue))] as QueueName[];
