import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '@app/config';
import { type FfmpegTools, locateFfmpeg } from '@app/ffmpeg';
import { createLogger } from '@app/platform';
import { createApi } from './api';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger('api', config.logLevel);
  if (!config.databaseUrl) throw new ConfigError(['DATABASE_URL is needed to start the api by itself']);
  const app = await createApi({
    config,
    databaseUrl: config.databaseUrl,
    logger,
    checkResponses: process.env.NODE_ENV !== 'production',
    ffmpeg: once(() => locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: process.env.PATH ?? '' })),
    webDirectory: join(__dirname, '..', '..', '..', 'web'),
  });
  app.enableShutdownHooks();
  // Without its supervisor nobody would ever stop this process.
  process.on('disconnect', () => void app.close().finally(() => process.exit(0)));
  await app.listen(config.http.port, config.http.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  logger.info({ port }, 'api is ready');
  process.send?.({ ready: true, port });
}

/** The first answer, kept; a failure is asked again. */
function once(locate: () => Promise<FfmpegTools>): () => Promise<FfmpegTools> {
  let found: Promise<FfmpegTools> | undefined;
  return () => {
    found ??= locate();
    found.catch(() => (found = undefined));
    return found;
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
