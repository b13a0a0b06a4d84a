import type { FaultCode } from '@app/contracts';

/** The connection to a camera, or a run of it, cannot go on for this reason. */
export class PackagingFault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly detail: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'PackagingFault';
  }
}
