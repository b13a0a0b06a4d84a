export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A camera's address in parts. `uri` is what requests name: no credentials, always a port, as ffmpeg writes it. */
export interface RtspAddress {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  readonly uri: string;
  readonly credentials: Credentials | undefined;
}

/** Everything before the last `@` of the authority is user and password: operators type `@` in passwords as it is. */
const SPLIT = /^(rtsps?):\/\/(?:([^/?]*)@)?(\[[0-9a-f:.]+\]|[^:/?@[\]]+)(?::(\d{1,5}))?([/?].*)?$/i;
const RTSP_PORT = 554;
const RTSPS_PORT = 322;

/** Throws RangeError, without the text. */
export function splitRtspUrl(text: string): RtspAddress {
  const [, scheme = '', userInfo, host = '', port, path = ''] = SPLIT.exec(text) ?? [];
  // A line break in a request would be a request of its own.
  if (scheme === '' || !/^[\x21-\x7e]*$/.test(text)) throw new RangeError('This is not an RTSP address.');
  const tls = scheme.toLowerCase() === 'rtsps';
  const number = port === undefined ? (tls ? RTSPS_PORT : RTSP_PORT) : Number(port);
  return {
    tls,
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    uri: `${scheme.toLowerCase()}://${host}:${number}${path}`,
    credentials: userInfo === undefined ? undefined : credentialsOf(userInfo),
  };
}

function credentialsOf(userInfo: string): Credentials {
  const colon = userInfo.indexOf(':');
  if (colon === -1) return { username: decoded(userInfo), password: '' };
  return { username: decoded(userInfo.slice(0, colon)), password: decoded(userInfo.slice(colon + 1)) };
}

/** A `%` that begins no escape stands for itself, as with ffmpeg. */
function decoded(text: string): string {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
