import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ConfigError, loadConfig } from '@app/config';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger, NestLogger } from '@app/platform';
import { JobsModule } from './jobs.module';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger('jobs', config.logLevel);
  if (!config.databaseUrl) throw new ConfigError(['DATABASE_URL is needed to start the jobs app by itself']);
  const ffmpeg = await locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: process.env.PATH ?? '' });
  const module = JobsModule.for({ config, databaseUrl: config.databaseUrl, logger, ffmpeg });
  const app = await NestFactory.createApplicationContext(module, { logger: new NestLogger(logger), abortOnError: false });
  app.enableShutdownHooks();
  // Without its supervisor nobody would ever stop this process.
  process.on('disconnect', () => void app.close().finally(() => process.exit(0)));
  logger.info('jobs app is ready');
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
