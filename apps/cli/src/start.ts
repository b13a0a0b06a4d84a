import { type Config, ConfigError, loadConfig } from '@app/config';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger, type Logger } from '@app/platform';
import { drawDemo } from './seed/draw-demo';
import { prepareDatabase } from './seed/prepare-database';
import { watchParent } from './supervisor/parent-watch';
import { startProblems } from './supervisor/single-start';
import { Supervisor } from './supervisor/supervisor';

/** `pollglass start`: everything on this machine, until Ctrl-C. */
export async function start(env: Record<string, string | undefined>, print: (line: string) => void): Promise<void> {
  const began = Date.now();
  const config = loadConfig(env);
  const problems = await startProblems(config);
  if (problems.length > 0) throw new ConfigError(problems);
  const logger = createLogger('supervisor', config.logLevel);
  const supervisor = new Supervisor(config, env, logger);
  stopOnSignals(supervisor, logger, print);
  if (env['npm_lifecycle_event']) watchParent(() => void leave(supervisor, logger));
  const ffmpeg = await locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: env['PATH'] ?? '' });
  let accounts: DemoAccount[] = [];
  try {
    await supervisor.start(async (databaseUrl) => {
      const prepared = await prepareDatabase(config, databaseUrl, logger, ffmpeg);
      accounts = prepared.demoAccounts;
      if (prepared.demoPlanFile && ffmpeg) {
        print('Drawing what the cameras of the demo show');
        await drawDemo(prepared.demoPlanFile, ffmpeg, config.dataDirectory, logger);
      }
      return prepared;
    }, print);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  print(welcome(config, accounts, Date.now() - began));
}

interface DemoAccount {
  role: string;
  email: string;
  password: string;
  totpSecret?: string | undefined;
}

function welcome(config: Config, accounts: DemoAccount[], tookMs: number): string {
  const lines = [
    ``,
    `Pollglass is ready at ${config.http.publicUrl ?? `http://localhost:${config.http.port}`} (${(tookMs / 1000).toFixed(1)} s)`,
  ];
  if (accounts.length > 0) {
    lines.push('', 'Demo accounts (also in demo-accounts.json of the data folder):');
    const width = Math.max(...accounts.map((account) => account.role.length));
    const emailWidth = Math.max(...accounts.map((account) => account.email.length));
    for (const { role, email, password, totpSecret } of accounts) {
      const second = totpSecret === undefined ? '' : `  second factor ${totpSecret}`;
      lines.push(`  ${role.padEnd(width)}  ${email.padEnd(emailWidth)}  ${password}${second}`);
    }
    lines.push('  Put the secret of a second factor into an authenticator app, or ask for a code: pollglass code <role>');
  }
  lines.push('', 'Ctrl-C stops everything.');
  return lines.join('\n');
}

function stopOnSignals(supervisor: Supervisor, logger: Logger, print: (line: string) => void): void {
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked += 1;
      if (asked === 1) print('\nStopping …');
      void leave(supervisor, logger);
    });
  }
}

async function leave(supervisor: Supervisor, logger: Logger): Promise<void> {
  try {
    await supervisor.stop();
    process.exit(0);
  } catch (error) {
    logger.error({ err: error }, 'not everything could be stopped');
    process.exit(1);
  }
}
