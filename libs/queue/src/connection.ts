import { createPostgresBackend, createRedisBackend, type QueueOptions, setDefaultBackendFactory } from 'bullmq';

export interface QueueEngine {
  kind: 'postgres' | 'redis';
  /** What BullMQ calls `connection`, for the engine chosen. */
  connection: QueueOptions['connection'];
}

/**
 * Chooses where BullMQ lives: Redis where there is one, PostgreSQL otherwise. BullMQ picks the backend
 * process-wide, so this is called once, before the first queue or worker is made.
 */
export function chooseQueueEngine(databaseUrl: string, redisUrl: string | undefined): QueueEngine {
  if (redisUrl) {
    setDefaultBackendFactory(createRedisBackend as never);
    return { kind: 'redis', connection: { url: redisUrl, maxRetriesPerRequest: null } };
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  // Each queue and worker opens a pool of its own plus one LISTEN connection: keep them small.
  return { kind: 'postgres', connection: { connectionString: databaseUrl, migrate: true, max: 3 } };
}
