import type { FaultCode } from '@app/contracts';

/** The reason that aborts an attempt. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly code: FaultCode) {
    super(code);
  }
}
