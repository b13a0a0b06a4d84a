/** Of our own making: the origin took too long for the head of its answer. */
export class OriginSilent extends Error {
  constructor() {
    super('The live origin does not answer');
    this.name = 'OriginSilent';
  }
}

/** Whether a connection failed or broke (by Node's codes), the origin stayed silent, or we ended the request ourselves. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof OriginSilent) return true;
  const { name, code } = error as NodeJS.ErrnoException;
  return name === 'AbortError' || /^(E[A-Z]+|ERR_STREAM_PREMATURE_CLOSE|ERR_STREAM_DESTROYED)$/.test(code ?? '');
}
