import { connect } from 'node:net';
import type { Tools } from './child';
import { FlvSender } from './flv-sender';
import type { MediaSource } from './media';

const RTMP_DEFAULT_PORT = 1935;
const REACH_TIMEOUT_MS = 2000;
/** Without the kernel's help a listener that outlived its simulator notices only when this is over. */
const LISTEN_TIMEOUT_MICROSECONDS = 5_000_000;

/** A camera that pushes to `url` (stream key included) and goes on trying while it is refused. Not started yet. */
export function pushRtmp(options: { tools: Tools; source: MediaSource; url: string }): FlvSender {
  const { tools, source, url } = options;
  return new FlvSender({
    tools,
    source,
    output: ['-f', 'flv', '-flvflags', 'no_duration_filesize', url],
    reachable: () => accepts(new URL(url)),
    retryMs: { first: 2000, last: 5000 },
  });
}

/** A camera that waits on 127.0.0.1 for one SRT caller, and for the next one when that leaves. Not started yet. */
export function serveSrt(options: { tools: Tools; source: MediaSource; port: number; passphrase?: string }): FlvSender {
  const { tools, source, port, passphrase } = options;
  const query = new URLSearchParams({ mode: 'listener', pkt_size: '1316' });
  if (passphrase) query.set('passphrase', passphrase);
  if (!tools.setpriv) query.set('listen_timeout', String(LISTEN_TIMEOUT_MICROSECONDS));
  return new FlvSender({
    tools,
    source,
    output: ['-f', 'mpegts', `srt://127.0.0.1:${port}?${query.toString()}`],
    retryMs: { first: 100, last: 2000 },
  });
}

/** Whether anybody listens at the address's port. */
function accepts(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port: Number(url.port) || RTMP_DEFAULT_PORT, timeout: REACH_TIMEOUT_MS });
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true));
    socket.once('error', settle(false));
    socket.once('timeout', settle(false));
  });
}
