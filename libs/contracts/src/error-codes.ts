import { z } from 'zod';

/**
 * Every error a client can meet, with the HTTP status it travels under.
 * A code is stable for ever; a message may be reworded.
 */
export const ERROR_STATUS = {
  'request.malformed': 400,
  'request.invalid': 422,
  'request.too-large': 413,
  'request.too-many': 429,
  'idempotency-key.reused': 422,
  'idempotency-key.in-use': 409,
  'session.required': 401,
  'session.credentials-wrong': 401,
  'access.denied': 403,
  'route.not-found': 404,
  'election.not-found': 404,
  'region.not-found': 404,
  'station.not-found': 404,
  'camera.not-found': 404,
  'camera.source-not-allowed': 422,
  'camera.name-taken': 409,
  'camera.holds-footage': 409,
  'camera.probe-failed': 422,
  'import.invalid': 422,
  'incident.not-found': 404,
  'incident.code-unknown': 422,
  'incident.range-invalid': 422,
  'incident.undo-too-late': 409,
  'incident.withdrawn': 409,
  'media.not-found': 404,
  'media.formats-differ': 422,
  'media.range-not-satisfiable': 416,
  'playlist.directive-invalid': 400,
  'stream.not-live': 503,
  'service.unavailable': 503,
  'internal.error': 500,
  'access.step-up-needed': 403,
  'access.second-factor-needed': 403,
  'session.second-factor-needed': 401,
  'session.second-factor-wrong': 401,
  'session.not-found': 404,
  'second-factor.not-begun': 409,
  'token.not-found': 404,
  'token.scope-not-yours': 422,
  'account.not-found': 404,
  'account.email-taken': 409,
  'account.own': 403,
  'grant.not-found': 404,
  'grant.scope-unknown': 422,
  'grant.over': 409,
  'accreditation.not-found': 404,
  'accreditation.reference-unknown': 404,
  'accreditation.not-allowed-now': 409,
  'accreditation.own-application': 403,
  'accreditation.scope-unknown': 422,
  'accreditation.already-accredited': 409,
  'accreditation.account-exists': 409,
  'accreditation.other-account': 403,
  'accreditation.too-many-documents': 409,
  'accreditation.document-refused': 422,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One broken rule of a request: which field, and what the rule is. */
export const FieldProblem = z.strictObject({ field: z.string(), rule: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

export const ErrorBody = z.strictObject({
  code: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
  requestId: z.string(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
