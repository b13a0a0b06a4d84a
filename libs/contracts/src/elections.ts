import { z } from 'zod';
import { Camera } from './cameras';
import { Instant, PageQuery, StationCode } from './primitives';

/** Where the day stands: broadcasting runs from `before-opening` to the end of `counting`. */
export const PHASES = ['before-opening', 'voting', 'counting', 'closed'] as const;

export const Election = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  opensAt: Instant,
  closesAt: Instant,
  countEndsAt: Instant,
  phase: z.enum(PHASES),
});
export type Election = z.infer<typeof Election>;

export const CreateElection = z
  .strictObject({ name: z.string().trim().min(1).max(200), opensAt: Instant, closesAt: Instant, countEndsAt: Instant })
  .refine(
    ({ opensAt, closesAt, countEndsAt }) => new Date(opensAt) < new Date(closesAt) && new Date(closesAt) <= new Date(countEndsAt),
    'the polls open before they close, and the count ends after that',
  );

export const Region = z.strictObject({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  name: z.string(),
  stations: z.number().int(),
  live: z.number().int().describe('cameras that are live now'),
  total: z.number().int().describe('cameras that should be'),
});
export type Region = z.infer<typeof Region>;

export const STATION_STATES = ['live', 'partly-live', 'down', 'planned-off'] as const;

export const Station = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  regionId: z.uuid(),
  regionPath: z.array(z.string()),
  address: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  timezone: z.string(),
  opensAt: Instant.describe('planned, by the station’s own calendar where it has one'),
  closesAt: Instant,
  countEndsAt: Instant,
  state: z.enum(STATION_STATES),
  cameras: z.array(Camera),
});
export type Station = z.infer<typeof Station>;

export const StationQuery = PageQuery.extend({
  q: z.string().max(200).optional(),
  region: z.uuid().optional(),
  state: z.enum(STATION_STATES).optional(),
});

export const StationParams = z.strictObject({ code: StationCode });

/** When a station is open, where it is not as the election says; null: as the election again. */
export const ChangeStation = z
  .strictObject({
    opensAt: Instant.nullable().optional(),
    closesAt: Instant.nullable().optional(),
    countEndsAt: Instant.nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'names at least one field to change');

export const ImportQuery = z.strictObject({ dryRun: z.enum(['0', '1']).optional() });

/**
 * One bad cell of an import. Both count from 1: `line` as a text editor shows it, where the row starts; `column` as a
 * spreadsheet does, one a cell.
 */
export const ImportProblem = z.strictObject({
  line: z.number().int(),
  column: z.number().int(),
  code: z.string(),
  message: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

/**
 * `push` holds, once, the address to give to each camera that pushes.
 */
export const ImportResult = z.strictObject({
  dryRun: z.boolean(),
  stations: z.number().int(),
  cameras: z.number().int(),
  push: z.array(z.strictObject({ stationCode: z.string(), cameraName: z.string(), url: z.string(), streamKey: z.string() })),
});
export type ImportResult = z.infer<typeof ImportResult>;
