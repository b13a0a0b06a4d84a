import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { RtspFault } from './types';

/**
 * One buffer for the reads of all cameras: what is in it is used up before the next read. On Windows the system fills a buffer
 * while others are in use, so there each has its own.
 */
const isShared = process.platform !== 'win32';
const READ_BYTES = isShared ? 256 * 1024 : 64 * 1024;
const shared = Buffer.allocUnsafeSlow(READ_BYTES);
const readBuffer = isShared ? shared : (): Buffer => Buffer.allocUnsafeSlow(READ_BYTES);

/** Full reads mean that more is waiting. */
export const isFullRead = (bytes: Buffer): boolean => bytes.length >= READ_BYTES;

export interface Endpoint {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
}

/**
 * Connects to a camera. Its name is resolved once; the socket stays with the address found.
 * @param onBytes given each read, for the time of the call. @returns false to rest: no more is read until `socket.resume()`.
 * @throws RtspFault, or the signal's reason.
 */
export async function connectTo(
  endpoint: Endpoint,
  onBytes: (bytes: Buffer) => boolean,
  options: { readonly signal: AbortSignal; readonly connectMs: number },
): Promise<Socket> {
  const { signal } = options;
  const deadline = AbortSignal.timeout(options.connectMs);
  const addresses = await raced(resolve(endpoint.host), [signal, deadline], (isLate) =>
    isLate ? new RtspFault('host-unknown', 'The name of the host was not resolved in time.') : signal.reason,
  );
  let fault: unknown;
  for (const address of addresses) {
    try {
      return await open(endpoint, address, onBytes, [signal, deadline], signal);
    } catch (error) {
      if (signal.aborted) throw error;
      fault ??= error;
      if (deadline.aborted) break;
    }
  }
  throw fault;
}

async function resolve(host: string): Promise<string[]> {
  if (isIP(host)) return [host];
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address);
  } catch (error) {
    throw new RtspFault('host-unknown', `The name of the host cannot be resolved (${codeOf(error)}).`);
  }
}

function open(
  { tls, host, port }: Endpoint,
  address: string,
  onBytes: (bytes: Buffer) => boolean,
  aborts: readonly AbortSignal[],
  signal: AbortSignal,
): Promise<Socket> {
  const take = (length: number, buffer: Uint8Array): boolean => onBytes(Buffer.from(buffer.buffer, buffer.byteOffset, length));
  const socket = tls
    ? // As ffmpeg does: cameras have certificates that they signed themselves.
      connectTls({ host: address, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) })
    : connectTcp({ host: address, port, onread: { buffer: readBuffer, callback: take } });
  if (tls) socket.on('data', (bytes: Buffer) => onBytes(bytes) || socket.pause());
  socket.setNoDelay(true);
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once(tls ? 'secureConnect' : 'connect', () => resolve(socket));
    socket.once('error', (error: Error) => reject(faultOf(error)));
    socket.once('close', () => reject(new RtspFault('connection-lost', 'The camera closed the connection.')));
  });
  return raced(connected, aborts, (isLate) =>
    isLate ? new RtspFault('host-unreachable', 'The host did not answer in time.') : signal.reason,
  ).catch((error: unknown) => {
    socket.on('error', () => undefined).destroy();
    throw error;
  });
}

/** @param onAbort told whether the last of the signals ended it. */
async function raced<T>(task: Promise<T>, signals: readonly AbortSignal[], onAbort: (byLast: boolean) => unknown): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      const reason: unknown = onAbort(!signals.slice(0, -1).some((signal) => signal.aborted));
      reject(reason instanceof Error ? reason : new Error('aborted'));
    };
    for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
    if (signals.some((signal) => signal.aborted)) stop();
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
    task.catch(() => undefined);
  }
}

/** What a broken connection tells. The message of the system names the address and is left out. */
export function faultOf(error: Error): RtspFault {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return new RtspFault('connection-refused', 'The host refuses the connection.');
  if (['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'ETIMEDOUT', 'EADDRNOTAVAIL'].includes(code))
    return new RtspFault('host-unreachable', `The host cannot be reached (${code}).`);
  return new RtspFault('connection-lost', `The connection broke (${code}).`);
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
