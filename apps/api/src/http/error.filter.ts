import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Response } from 'express';
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '@app/contracts';
import { isUnavailable } from '@app/database';
import { DomainError, LOGGER, type Logger } from '@app/platform';
import type { ApiRequest } from './endpoint';

/** The one place where an error becomes an answer: `{code, message, details?, requestId}` under the code's status. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ApiRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const known = toDomainError(error);
    const requestId = String(response.getHeader('X-Request-Id'));
    logFailure(this.logger, error, known, requestId);
    if (response.headersSent) {
      // The answer has begun: breaking the connection is the only way left to say that it is not whole.
      response.destroy();
      return;
    }
    const { status, body, retryAfter } = refusalOf(known, requestId);
    if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
    response.setHeader('Cache-Control', 'no-store');
    // Answers of one request may be long: what was not read of it is not waited for.
    if (!request.complete && !request.readableEnded) response.setHeader('Connection', 'close');
    response.status(status).json(body);
  }
}

/** What nobody could have been told in words of ours is kept in the log. */
export function logFailure(logger: Logger, error: unknown, known: DomainError, requestId: string): void {
  if (known.code === 'internal.error') logger.error({ err: error, requestId }, 'a request failed');
  else if (error !== known && known.code === 'service.unavailable')
    logger.warn({ err: error, requestId }, 'a request could not be answered now');
}

/** An error as it is told: `retryAfter` in seconds. */
export function refusalOf(
  { code, message, details, retryAfterSeconds }: DomainError,
  requestId: string,
): { status: number; body: ErrorBody; retryAfter: number | undefined } {
  const status = ERROR_STATUS[code];
  const body: ErrorBody = { code, message, requestId };
  if (details !== undefined) body.details = details;
  return { status, body, retryAfter: retryAfterSeconds ?? (status === 503 ? 1 : undefined) };
}

const BY_STATUS: Partial<Record<number, { code: ErrorCode; message: string }>> = {
  400: { code: 'request.malformed', message: 'The request cannot be read.' },
  404: { code: 'route.not-found', message: 'There is nothing at this address.' },
  413: { code: 'request.too-large', message: 'The body of the request is too large.' },
  415: { code: 'request.malformed', message: 'The body of the request is in an encoding that cannot be read.' },
};

/** Errors of PostgreSQL that will pass, and of Nest, Express and the body parser by their status; their texts may repeat what was sent, so ours are used. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const known = BY_STATUS[statusOf(error) ?? 500];
  if (known) return new DomainError(known.code, known.message, undefined, { cause: error });
  if (isUnavailable(error))
    return new DomainError('service.unavailable', 'This cannot be answered or stored now. Try again soon.', undefined, {
      cause: error,
    });
  return new DomainError(
    'internal.error',
    'Something went wrong on our side. It is in our log under this request id.',
    undefined,
    {
      cause: error,
    },
  );
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof URIError) return 400;
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : undefined;
}
