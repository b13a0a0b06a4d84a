import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { CAMERA_STATES, HOLD_BUDGET_LEVELS, QUEUES } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { LOGGER, type Logger } from '@app/platform';
import { JobQueue } from '@app/queue';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const QUEUE_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** What `/metrics` tells: this process, its HTTP answers, and the cameras and queues of the whole deployment. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'pollglass_http_request_seconds',
    help: 'Time to answer, by method, kind of address and status',
    labelNames: ['method', 'area', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [this.registry],
  });
  private readonly cameras = new Gauge({
    name: 'pollglass_cameras',
    help: 'Cameras by the state their packagers last reported',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly held = this.holdGauge('held_bytes', 'Bytes that holds keep from being deleted');
  private readonly holdBudget = this.holdGauge('hold_budget_bytes', 'Bytes that may be held by hand');
  private readonly holdLevel = this.holdGauge(
    'hold_budget_level',
    'Of that budget: 0 enough, 1 from 70 %, 2 from 90 %, 3 all of it',
  );
  private readonly jobCounts = new Gauge({
    name: 'pollglass_jobs',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'],
    registers: [this.registry],
  });

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly jobs: JobQueue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly contentType = this.registry.contentType;

  /** The process's own figures are always there; those of a service that is down are left out. */
  async text(): Promise<string> {
    const results = await Promise.allSettled([this.countCameras(), this.countJobs(), this.countHolds()]);
    for (const result of results)
      if (result.status === 'rejected') this.logger.warn({ err: result.reason as Error }, 'a metric could not be read');
    return this.registry.metrics();
  }

  /** Express middleware that times every answer. */
  readonly time = (request: Request, response: Response, next: NextFunction): void => {
    const stop = this.requests.startTimer();
    const area = areaOf(request.path);
    response.once('close', () => stop({ method: request.method, area, status: response.statusCode }));
    next();
  };

  /** The same for media, which are answered before Express. `startedMs` is of `performance.now`. */
  readonly mediaAnswered = (request: IncomingMessage, response: ServerResponse, startedMs: number): void => {
    const labels = { method: request.method, area: areaOf(request.url ?? ''), status: response.statusCode };
    this.requests.observe(labels, (performance.now() - startedMs) / 1000);
  };

  private async countCameras(): Promise<void> {
    this.cameras.reset();
    const rows = await this.db
      .selectFrom('camera_states')
      .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
      .groupBy('state')
      .execute();
    const counts = new Map(rows.map((row) => [row.state, row.count]));
    for (const state of CAMERA_STATES) this.cameras.set({ state }, counts.get(state) ?? 0);
  }

  /** What was not counted yet is not a number: no alarm should take it for none. */
  private async countHolds(): Promise<void> {
    const usage = await this.db.selectFrom('hold_usage').selectAll().executeTakeFirst();
    this.held.set(usage?.used_bytes ?? NaN);
    this.holdBudget.set(usage?.limit_bytes ?? NaN);
    this.holdLevel.set(usage ? HOLD_BUDGET_LEVELS.indexOf(usage.level) : NaN);
  }

  private holdGauge(name: string, help: string): Gauge {
    return new Gauge({ name: `pollglass_${name}`, help, registers: [this.registry] });
  }

  private async countJobs(): Promise<void> {
    this.jobCounts.reset();
    await Promise.all(
      QUEUES.map(async (queue) => {
        const counts = await this.jobs.queue(queue).getJobCounts(...QUEUE_STATES);
        for (const state of QUEUE_STATES) this.jobCounts.set({ queue, state }, counts[state] ?? 0);
      }),
    );
  }
}

/** The first parts of an address that tell its kind. Never an id: each label value is kept for ever. */
export function areaOf(path: string): string {
  const known =
    /^\/(?:api\/v1\/([a-z-]+)|hls\/[^/]+\/(live\.m3u8|archive\.m3u8|seg|part|init|rec)|(health|metrics|assets))(?:[/?]|$)/.exec(
      path,
    );
  const [, resource, media, plain] = known ?? [];
  if (resource) return RESOURCES.has(resource) ? resource : 'unknown';
  return media ?? plain ?? (path.startsWith('/hls/') ? 'hls' : 'page');
}

const RESOURCES = new Set(['sessions', 'elections', 'regions', 'stations', 'cameras', 'incidents', 'incident-codes', 'holds']);
