import { type ArgumentsHost, BadRequestException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import pino from 'pino';
import { ERROR_STATUS, type ErrorCode } from '@app/contracts';
import { DomainError } from '@app/platform';
import { ErrorFilter } from './error.filter';

class FakeResponse {
  headers: Record<string, string> = { 'X-Request-Id': 'req-1' };
  statusCode = 0;
  body: unknown;
  destroyed = false;
  headersSent = false;
  getHeader = (name: string) => this.headers[name];
  setHeader = (name: string, value: string) => (this.headers[name] = value);
  destroy = () => (this.destroyed = true);
  status = (code: number) => ((this.statusCode = code), this);
  json = (body: unknown) => void (this.body = body);
}

function answerTo(error: unknown, headersSent = false) {
  const lines: string[] = [];
  const response = Object.assign(new FakeResponse(), { headersSent });
  const host = {
    switchToHttp: () => ({ getRequest: () => ({ complete: true }), getResponse: () => response }),
  } as unknown as ArgumentsHost;
  new ErrorFilter(pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })).catch(error, host);
  return { ...response, lines };
}

describe(ErrorFilter, () => {
  it.each(Object.entries(ERROR_STATUS))('sends %s as %i with its request id', (code, status) => {
    const { statusCode, body } = answerTo(new DomainError(code as ErrorCode, 'Why', [{ field: 'a', rule: 'b' }]));
    expect(statusCode).toBe(status);
    expect(body).toEqual({ code, message: 'Why', details: [{ field: 'a', rule: 'b' }], requestId: 'req-1' });
  });

  it('tells nothing of an error it does not know, and logs all of it', () => {
    const { statusCode, body, lines } = answerTo(new Error('select s3cret from users'));
    expect(statusCode).toBe(500);
    expect(body).toMatchObject({ code: 'internal.error', requestId: 'req-1' });
    expect(JSON.stringify(body)).not.toContain('s3cret');
    expect(lines.join('')).toContain('select s3cret from users');
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'route.not-found'],
    [new BadRequestException('Unexpected token s3cret in JSON'), 400, 'request.malformed'],
    [new PayloadTooLargeException(), 413, 'request.too-large'],
    [Object.assign(new Error('encoding'), { status: 415, expose: true }), 415, 'request.malformed'],
    [new URIError('URI malformed'), 400, 'request.malformed'],
    [Object.assign(new Error('upstream said so'), { status: 404 }), 500, 'internal.error'],
    ['not even an error', 500, 'internal.error'],
  ])('puts %s in its own words', (error, status, code) => {
    const { statusCode, body } = answerTo(error);
    expect([statusCode, (body as { code: string }).code]).toEqual([status === 415 ? 400 : status, code]);
    expect(JSON.stringify(body)).not.toMatch(/s3cret|Cannot GET/);
  });

  it('asks to come again while the database is away, and keeps why in the log', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    for (const error of [refused, Object.assign(new Error('No space left on device'), { code: '53100' })]) {
      const { statusCode, body, headers, lines } = answerTo(error);
      expect([statusCode, headers['Retry-After']]).toEqual([503, '1']);
      expect(body).toEqual({ code: 'service.unavailable', message: expect.stringContaining('Try again'), requestId: 'req-1' });
      expect(lines.join('')).toContain(error.message);
    }
  });

  it('says when to come again', () => {
    const tooMany = new DomainError('request.too-many', 'Slowly', undefined, { retryAfterSeconds: 17 });
    expect(answerTo(tooMany).headers['Retry-After']).toBe('17');
    expect(answerTo(new DomainError('service.unavailable', 'Down')).headers['Retry-After']).toBe('1');
    expect(answerTo(new DomainError('station.not-found', 'None')).headers['Retry-After']).toBeUndefined();
  });

  it('breaks the connection when the answer has begun', () => {
    const { destroyed, body } = answerTo(new Error('disk gone'), true);
    expect([destroyed, body]).toEqual([true, undefined]);
  });
});
