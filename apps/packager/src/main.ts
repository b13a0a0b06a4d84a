import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { NestFactory } from '@nestjs/core';
import { ConfigError, loadConfig } from '@app/config';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger, NestLogger } from '@app/platform';
import { PackagerLife } from './packager-life.service';
import { PackagerModule } from './packager.module';

/**
 * Media flows through at a steady pace, in memory outside the heap. V8 weighs what flowed since the last collection against the size of
 * the heap, which is small here, and collects more than once a second: more work on all its threads than the packaging. With this some
 * 100 MB flow in between.
 */
setFlagsFromString('--heap-growing-percent=400');

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger('packager', config.logLevel);
  if (!config.databaseUrl) throw new ConfigError(['DATABASE_URL is needed to start a packager by itself']);
  const tools = await locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: process.env.PATH ?? '', staticFile });
  const module = PackagerModule.for({ config, databaseUrl: config.databaseUrl, logger, tools });
  const app = await NestFactory.createApplicationContext(module, { logger: new NestLogger(logger), abortOnError: false });
  app.enableShutdownHooks();
  // Without its supervisor nobody would ever stop this process.
  process.on('disconnect', () => void app.close().finally(() => process.exit(0)));
  const { port } = app.get(PackagerLife);
  logger.info({ port, ffmpeg: tools.version }, 'packager is ready');
  process.send?.({ ready: true, port });
}

/** An optional package: where it could not be installed there is none. */
function staticFile(): string | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- may be absent, and has no types
    return require('ffmpeg-static') as string;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
