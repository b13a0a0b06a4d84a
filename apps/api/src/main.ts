import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { ConfigError, loadConfig } from '@app/config';
import { createLogger } from '@app/platform';
import { createApi } from './api';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger('api', config.logLevel);
  if (!config.databaseUrl) throw new ConfigError(['DATABASE_URL is needed to start the api by itself']);
  const checkResponses = process.env.NODE_ENV !== 'production';
  const app = await createApi({ config, databaseUrl: config.databaseUrl, logger, checkResponses });
  app.enableShutdownHooks();
  // Without its supervisor nobody would ever stop this process.
  process.on('disconnect', () => void app.close().finally(() => process.exit(0)));
  await app.listen(config.http.port, config.http.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  logger.info({ port }, 'api is ready');
  process.send?.({ ready: true, port });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
