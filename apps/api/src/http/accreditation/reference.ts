import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { REFERENCE_HEADER } from '@app/contracts';
import { InvalidFields } from '@app/platform';
import type { ApiRequest } from '../endpoint';

const MAX_LENGTH = 100;

/** The secret reference that an applicant shows. @throws InvalidFields when the request carries none */
export const Reference = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const value = context.switchToHttp().getRequest<ApiRequest>().headers[REFERENCE_HEADER.toLowerCase()];
  if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_LENGTH) return value;
  throw new InvalidFields(
    [{ field: REFERENCE_HEADER, rule: 'is the reference that the application was given' }],
    'request.malformed',
  );
});
