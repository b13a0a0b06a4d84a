import { type PublishEnd } from './types';

/** What the peer sent breaks the protocol or a limit; its connection ends with `reason`. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  constructor(
    readonly reason: PublishEnd,
    message: string,
  ) {
    super(message);
  }
}
