import type { LoggerService } from '@nestjs/common';
import pino from 'pino';

export type Logger = pino.Logger;

/** Fields that may hold a secret, wherever a log line carries them. */
const SECRET_PATHS = ['password', 'authorization', 'cookie', 'source', 'streamKey', 'passphrase', 'secret', 'token'];
const redact = {
  paths: [
    ...SECRET_PATHS,
    ...SECRET_PATHS.map((name) => `*.${name}`),
    ...SECRET_PATHS.map((name) => `*.*.${name}`),
    'req.headers["set-cookie"]',
    'res.headers["set-cookie"]',
  ],
  censor: '[secret]',
};

const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const URL_SECRETS = /([?&](?:passphrase|streamid|password|token|key)=)[^\s&"']+/gi;

/** Takes user, password and passphrases out of every address in a text. */
export function withoutSecrets(text: string): string {
  return text.replace(URL_CREDENTIALS, '$1[secret]@').replace(URL_SECRETS, '$1[secret]');
}

/** @param destination standard output unless told */
export function createLogger(app: string, level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    redact,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: Error) => {
        const plain = pino.stdSerializers.errWithCause(error);
        return { ...plain, message: withoutSecrets(plain.message), stack: withoutSecrets(plain.stack) };
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Nest's own log lines through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, withoutSecrets(String(message)));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, withoutSecrets(String(message)));
  }

  debug(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
