import { ConfigError, loadConfig } from '@app/config';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger } from '@app/platform';
import { prepareDatabase } from './seed/prepare-database';

/** `pollglass prepare`: what must be done once before processes on several machines may start. */
export async function prepare(env: Record<string, string | undefined>, print: (line: string) => void): Promise<void> {
  const config = loadConfig(env);
  if (!config.databaseUrl) throw new ConfigError(['DATABASE_URL is needed by prepare']);
  const logger = createLogger('prepare', config.logLevel);
  const ffmpeg =
    config.demo === 'off' ? undefined : await locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: env['PATH'] ?? '' });
  await prepareDatabase(config, config.databaseUrl, logger, ffmpeg);
  print('The database is ready.');
}
