import { ApiError } from '../api/call';

/** Why something did not reach the server. `status` 0: no answer came. */
export interface Failure {
  status: number;
  code: string;
  message: string;
}

/** A refusal that asking again will not change. No session, too many requests, a fault of the server: those pass. */
export const isLasting = ({ status }: Failure): boolean =>
  status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);

export const failureOf = (error: unknown): Failure =>
  error instanceof ApiError ? error : { status: 0, code: 'network.unreachable', message: String(error) };
