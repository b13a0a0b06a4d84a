import type { ErrorCode, FieldProblem } from '@app/contracts';

/** A rule of ours that was broken. Knows its stable code, not the transport that carries it. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
    options?: { cause?: unknown; retryAfterSeconds?: number },
  ) {
    super(message, options);
    this.name = 'DomainError';
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }

  readonly retryAfterSeconds?: number;
}

/** Fields of a request that break a rule: the message names the first, the details list all. */
export class InvalidFields extends DomainError {
  constructor(problems: FieldProblem[], code: ErrorCode = 'request.invalid') {
    super(code, problems.map((problem) => `${problem.field}: ${problem.rule}`).join('; '), problems);
  }
}
