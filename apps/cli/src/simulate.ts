import { parseArgs } from 'node:util';
import { loadConfig } from '@app/config';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger } from '@app/platform';
import { loopsDirectory, readPlan, Simulator } from '@app/simulator';

/**
 * The process of the simulated cameras: `simulate --plan <file>`. Says `{ready: true}` to its parent when its ports
 * listen, and ends with all of its children on SIGTERM, on Ctrl-C, or when its parent is gone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { plan: { type: 'string' } } });
  if (!values.plan) throw new Error('simulate needs --plan <file>');
  const config = loadConfig(process.env);
  const logger = createLogger('simulator', config.logLevel);
  const tools = await locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: process.env.PATH ?? '' });
  const simulator = new Simulator({
    plan: await readPlan(values.plan),
    tools,
    directory: loopsDirectory(config.dataDirectory),
    onProblem: (camera, error) => logger.error({ camera, err: error }, 'a simulated camera cannot be shown'),
  });
  leaveWith(simulator);
  await simulator.start();
  process.send?.({ ready: true });
  await simulator.prepared;
  logger.debug('all simulated cameras stream');
}

function leaveWith(simulator: Simulator): void {
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    simulator.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  process.on('disconnect', leave);
}

function fail(error: unknown): void {
  process.stderr.write(`The simulated cameras could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
