import { type DemoAccount, ensureDemoAccounts, ensureFirstAdmin } from '@app/access';
import type { Config } from '@app/config';
import { createDatabase, type Db, migrate } from '@app/database';
import type { FfmpegTools } from '@app/ffmpeg';
import { seedIncidentCodes } from '@app/incidents';
import { fileExists, loadSecretKey, type Logger, SecretBox } from '@app/platform';
import { seedReportForms } from '@app/reports';
import { hasDemoElection } from './demo-election';
import { planFileOf, resumeDemo, seedDemo } from './seed-demo';

export interface PreparedDatabase {
  /** Empty where there is no demo. */
  demoAccounts: DemoAccount[];
  /** What the simulator has to stream; undefined where there is no demo, or its cameras belong to another data folder. */
  demoPlanFile: string | undefined;
}

/**
 * Brings the schema up to date, makes what every deployment needs (the taxonomy, the forms of mission reports, the first administrator), and the
 * demo where it is wanted. Running it again changes nothing but the day of the demo.
 */
export async function prepareDatabase(
  config: Config,
  databaseUrl: string,
  logger: Logger,
  ffmpeg: FfmpegTools | undefined,
): Promise<PreparedDatabase> {
  const db = createDatabase(databaseUrl, {
    maxConnections: 5,
    onIdleError: (error) => logger.warn({ err: error }, 'database connection lost'),
  });
  try {
    await migrate(db);
    await seedIncidentCodes(db);
    await seedReportForms(db);
    await ensureFirstAdmin(db, config.firstAdmin);
    return await prepareDemo(config, db, logger, ffmpeg?.capabilities.srt ?? false);
  } finally {
    await db.destroy();
  }
}

async function prepareDemo(config: Config, db: Db, logger: Logger, hasSrt: boolean): Promise<PreparedDatabase> {
  const none: PreparedDatabase = { demoAccounts: [], demoPlanFile: undefined };
  if (config.demo === 'off') return none;
  const deps = { db, config, hasSrt };
  const planFile = planFileOf(config);
  const isThere = await hasDemoElection(db);
  if (!isThere) {
    if (config.demo === 'auto' && !(await isEmpty(db))) return none;
    await seedDemo(deps);
  } else if (await fileExists(planFile)) {
    await resumeDemo(deps);
  } else {
    logger.warn({ planFile }, 'the demo was made with another data folder: its cameras are not simulated');
    return { ...none, demoAccounts: await demoAccountsOf(config, db) };
  }
  return { demoAccounts: await demoAccountsOf(config, db), demoPlanFile: planFile };
}

async function demoAccountsOf(config: Config, db: Db): Promise<DemoAccount[]> {
  return ensureDemoAccounts(db, config.dataDirectory, new SecretBox(await loadSecretKey(config)));
}

async function isEmpty(db: Db): Promise<boolean> {
  return (await db.selectFrom('elections').select('id').limit(1).executeTakeFirst()) === undefined;
}
