import { resolve } from 'node:path';
import { z } from 'zod';
import type { DiskThresholds } from '@app/platform';
import { HOLD_BUDGET_RULE, type HoldBudgetSetting, readHoldBudget } from './hold-budget';
import { readStorageUrl, type S3Place } from './storage-url';

const Port = z.coerce
  .number({ error: 'is a port number from 1 to 65535' })
  .int()
  .min(1, 'is a port number from 1 to 65535')
  .max(65535, 'is a port number from 1 to 65535');

const Percent = z.coerce
  .number({ error: 'is a number from 1 to 100' })
  .int('is a whole number from 1 to 100')
  .min(1, 'is a number from 1 to 100')
  .max(100, 'is a number from 1 to 100');

const urlOf = (schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `is an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
    );

/** Each is more than the one before. */
const DISK_PERCENTS = [
  'POLLGLASS_DISK_WARN_PERCENT',
  'POLLGLASS_DISK_DELETE_PERCENT',
  'POLLGLASS_DISK_CRITICAL_PERCENT',
  'POLLGLASS_DISK_FULL_PERCENT',
] as const;

/** Both or neither. */
const TOGETHER = [
  ['POLLGLASS_ADMIN_EMAIL', 'POLLGLASS_ADMIN_PASSWORD'],
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
] as const;

/** All the settings there are, by the names people type. An empty value counts as not set. */
const Environment = z
  .object({
    PORT: Port.default(3000),
    HOST: z.string().default('0.0.0.0'),
    RTMP_PORT: Port.default(1935),
    POLLGLASS_DATA: z.string().default('./.data'),
    DATABASE_URL: urlOf(['postgres:', 'postgresql:']).optional(),
    REDIS_URL: urlOf(['redis:', 'rediss:']).optional(),
    STORAGE_URL: z
      .string()
      .superRefine((text, context) => {
        const read = readStorageUrl(text);
        if ('problems' in read) for (const message of read.problems) context.addIssue({ code: 'custom', message });
      })
      .optional(),
    AWS_ACCESS_KEY_ID: z.string().optional(),
    AWS_SECRET_ACCESS_KEY: z.string().optional(),
    AWS_SESSION_TOKEN: z.string().optional(),
    AWS_REGION: z.string().optional(),
    POLLGLASS_LOCAL_COPY_MINUTES: z.coerce
      .number({ error: 'is a number from 20 to 1440' })
      .int('is a whole number of minutes')
      .min(20, 'is a number from 20 to 1440')
      .max(1440, 'is a number from 20 to 1440')
      .default(60),
    POLLGLASS_DEMO: z.enum(['auto', 'on', 'off'], { error: 'is auto, on or off' }).default('auto'),
    POLLGLASS_ADMIN_EMAIL: z.email('is an e-mail address').optional(),
    POLLGLASS_ADMIN_PASSWORD: z.string().min(12, 'has at least 12 characters').optional(),
    POLLGLASS_PACKAGERS: z.coerce
      .number({ error: 'is a number from 1 to 64' })
      .int()
      .min(1, 'is a number from 1 to 64')
      .max(64, 'is a number from 1 to 64')
      .default(1),
    POLLGLASS_CAPACITY: z.coerce
      .number({ error: 'is a number from 1 to 2000' })
      .int()
      .min(1, 'is a number from 1 to 2000')
      .max(2000, 'is a number from 1 to 2000')
      .default(200),
    POLLGLASS_MEDIA_CACHE_MB: z.coerce
      .number({ error: 'is a number from 0 to 65536' })
      .int()
      .min(0, 'is a number from 0 to 65536')
      .max(65_536, 'is a number from 0 to 65536')
      .default(64),
    POLLGLASS_DISK_WARN_PERCENT: Percent.default(80),
    POLLGLASS_DISK_DELETE_PERCENT: Percent.default(90),
    POLLGLASS_DISK_CRITICAL_PERCENT: Percent.default(95),
    POLLGLASS_DISK_FULL_PERCENT: Percent.default(98),
    POLLGLASS_BALLAST_MB: z.coerce
      .number({ error: 'is a number from 0 to 65536' })
      .int()
      .min(0, 'is a number from 0 to 65536')
      .max(65_536, 'is a number from 0 to 65536')
      .default(64),
    POLLGLASS_HOLD_BUDGET: z
      .string()
      .default('50%')
      .transform((text, context) => {
        const setting = readHoldBudget(text);
        if (!setting) context.addIssue({ code: 'custom', message: HOLD_BUDGET_RULE });
        return setting ?? z.NEVER;
      }),
    POLLGLASS_PICTURE_CHECKS: z.enum(['on', 'off'], { error: 'is on or off' }).default('on'),
    POLLGLASS_OUTAGE_SECONDS: z.coerce
      .number({ error: 'is a number from 1 to 600' })
      .int('is a whole number of seconds')
      .min(1, 'is a number from 1 to 600')
      .max(600, 'is a number from 1 to 600')
      .default(8),
    POLLGLASS_OUTAGE_OVER_SECONDS: z.coerce
      .number({ error: 'is a number from 1 to 600' })
      .int('is a whole number of seconds')
      .min(1, 'is a number from 1 to 600')
      .max(600, 'is a number from 1 to 600')
      .default(30),
    POLLGLASS_OUTAGE_GROUP: z.coerce
      .number({ error: 'is a number from 2 to 1000' })
      .int()
      .min(2, 'is a number from 2 to 1000')
      .max(1000, 'is a number from 2 to 1000')
      .default(10),
    POLLGLASS_PUBLIC_URL: urlOf(['http:', 'https:']).optional(),
    POLLGLASS_RTMP_URL: urlOf(['rtmp:', 'rtmps:']).optional(),
    POLLGLASS_SECRET_KEY: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'is 64 hexadecimal digits (32 bytes)')
      .optional(),
    POLLGLASS_ORIGIN_HOST: z.string().default('127.0.0.1'),
    POLLGLASS_ORIGIN_PORT: z.coerce
      .number({ error: 'is a port number, or 0 for any' })
      .int()
      .min(0, 'is a port number, or 0 for any')
      .max(65535, 'is a port number, or 0 for any')
      .default(0),
    FFMPEG_PATH: z.string().optional(),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], { error: 'is trace, debug, info, warn, error or silent' })
      .default('info'),
  })
  .check((context) => {
    const { PORT, RTMP_PORT } = context.value;
    const problem = (name: string, message: string) =>
      context.issues.push({ code: 'custom', input: undefined, path: [name], message });
    if (PORT === RTMP_PORT) problem('RTMP_PORT', 'differs from PORT');
    for (const [one, other] of TOGETHER) {
      // Left by something else on the machine, they are none of our business.
      if (one === 'AWS_ACCESS_KEY_ID' && !context.value.STORAGE_URL?.startsWith('s3:')) continue;
      if (context.value[one] && !context.value[other]) problem(other, `is needed together with ${one}`);
      if (context.value[other] && !context.value[one]) problem(one, `is needed together with ${other}`);
    }
    for (const [index, name] of DISK_PERCENTS.entries()) {
      const below = DISK_PERCENTS[index - 1];
      if (below && context.value[name] <= context.value[below]) problem(name, `is more than ${below}`);
    }
  });

export interface RemoteSettings extends S3Place {
  region: string;
  /** Never printed: not enumerable. undefined: as the machine has them (a role, a profile). */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
}

export interface Config {
  http: { port: number; host: string; publicUrl: string | undefined; secureCookies: boolean };
  rtmp: { port: number; publicUrl: string };
  dataDirectory: string;
  /** undefined: the embedded PostgreSQL, whose address the supervisor hands to the other processes. */
  databaseUrl: string | undefined;
  /** undefined: queues and fan-out run on PostgreSQL. */
  redisUrl: string | undefined;
  /** Where clips and stills are kept. */
  storageDirectory: string;
  /** Where footage is kept besides the disks of the packagers; undefined: nowhere else. */
  remote: RemoteSettings | undefined;
  /** How long a packager keeps its own copy of footage that is stored elsewhere. */
  localCopyMs: number;
  demo: 'auto' | 'on' | 'off';
  firstAdmin: { email: string; password: string } | undefined;
  packagers: { count: number; capacity: number };
  /** Bytes of live media that one api holds at most, to answer many viewers with one request to a packager. */
  mediaCacheBytes: number;
  /** From which shares of a disk on something is said or done about it. */
  disk: DiskThresholds;
  /** Kept back on the disk of the data folder, so that rows and logs can still be written when it is full. */
  ballastBytes: number;
  /** How much people may hold; flags hold their footage whatever it says. */
  holdBudget: HoldBudgetSetting;
  /** Whether packagers look for black and frozen pictures. */
  pictureChecks: boolean;
  /** When failing cameras are raised as incidents; `groupAt`: cameras of one region that are one incident. */
  outages: { raiseAfterMs: number; overAfterMs: number; groupAt: number };
  /** undefined: a key file in the data folder. */
  secretKey: string | undefined;
  /** Where the api reaches this packager's live origin. Port 0: any free one. */
  origin: { host: string; port: number };
  ffmpegPath: string | undefined;
  logLevel: string;
}

/** All problems of the configuration at once, one per line, by the names of the variables. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Environment.safeParse(given);
  const unknown = Object.keys(given).filter((name) => name.startsWith('POLLGLASS_') && !(name in Environment.shape));
  const problems = unknown.map((name) => `${name} is not a setting of Pollglass`);
  if (!parsed.success) problems.unshift(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

function toConfig(env: z.infer<typeof Environment>): Config {
  const dataDirectory = resolve(env.POLLGLASS_DATA);
  const read = env.STORAGE_URL === undefined ? undefined : readStorageUrl(env.STORAGE_URL);
  const place = read && 'place' in read ? read.place : undefined;
  return {
    http: {
      port: env.PORT,
      host: env.HOST,
      publicUrl: env.POLLGLASS_PUBLIC_URL,
      secureCookies: env.POLLGLASS_PUBLIC_URL?.startsWith('https:') ?? false,
    },
    rtmp: { port: env.RTMP_PORT, publicUrl: env.POLLGLASS_RTMP_URL ?? `rtmp://127.0.0.1:${env.RTMP_PORT}/live` },
    dataDirectory,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    storageDirectory: place?.kind === 'file' ? place.directory : resolve(dataDirectory, 'archive'),
    remote: place?.kind === 's3' ? remoteOf(place, env) : undefined,
    localCopyMs: env.POLLGLASS_LOCAL_COPY_MINUTES * 60_000,
    demo: env.POLLGLASS_DEMO,
    firstAdmin:
      env.POLLGLASS_ADMIN_EMAIL && env.POLLGLASS_ADMIN_PASSWORD
        ? { email: env.POLLGLASS_ADMIN_EMAIL, password: env.POLLGLASS_ADMIN_PASSWORD }
        : undefined,
    packagers: { count: env.POLLGLASS_PACKAGERS, capacity: env.POLLGLASS_CAPACITY },
    mediaCacheBytes: env.POLLGLASS_MEDIA_CACHE_MB * 1_048_576,
    disk: {
      filling: env.POLLGLASS_DISK_WARN_PERCENT / 100,
      short: env.POLLGLASS_DISK_DELETE_PERCENT / 100,
      critical: env.POLLGLASS_DISK_CRITICAL_PERCENT / 100,
      full: env.POLLGLASS_DISK_FULL_PERCENT / 100,
    },
    ballastBytes: env.POLLGLASS_BALLAST_MB * 1_048_576,
    holdBudget: env.POLLGLASS_HOLD_BUDGET,
    pictureChecks: env.POLLGLASS_PICTURE_CHECKS === 'on',
    outages: {
      raiseAfterMs: env.POLLGLASS_OUTAGE_SECONDS * 1000,
      overAfterMs: env.POLLGLASS_OUTAGE_OVER_SECONDS * 1000,
      groupAt: env.POLLGLASS_OUTAGE_GROUP,
    },
    secretKey: env.POLLGLASS_SECRET_KEY,
    origin: { host: env.POLLGLASS_ORIGIN_HOST, port: env.POLLGLASS_ORIGIN_PORT },
    ffmpegPath: env.FFMPEG_PATH,
    logLevel: env.LOG_LEVEL,
  };
}

function remoteOf(
  { bucket, prefix, endpoint, region, forcePathStyle }: S3Place,
  env: z.infer<typeof Environment>,
): RemoteSettings {
  const [accessKeyId, secretAccessKey] = [env.AWS_ACCESS_KEY_ID, env.AWS_SECRET_ACCESS_KEY];
  const sessionToken = env.AWS_SESSION_TOKEN;
  const value =
    accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined;
  const settings = { bucket, prefix, endpoint, region: region ?? env.AWS_REGION ?? 'us-east-1', forcePathStyle };
  return Object.defineProperty(settings, 'credentials', { value, enumerable: false }) as RemoteSettings;
}
