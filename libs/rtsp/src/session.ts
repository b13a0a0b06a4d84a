import type { Dialogue } from './dialogue';
import type { RtspResponse } from './response';
import { parseSdp, type Sdp, type SdpMedia } from './sdp';
import { RtspFault } from './types';

const [SHORTEST_TIMEOUT_S, USUAL_TIMEOUT_S, LONGEST_TIMEOUT_S] = [10, 60, 600];

/** Channels of a track: media, and reports about it. */
export interface Channels {
  readonly rtp: number;
  readonly rtcp: number;
}

/** The way from an address to playing media (RFC 2326, 10), interleaved in the connection only. Rejects with RtspFault. */
export class Session {
  private id: string | undefined;
  private timeoutS = USUAL_TIMEOUT_S;
  private base: string;
  private canGetParameter = false;

  constructor(
    private readonly dialogue: Dialogue,
    private readonly uri: string,
  ) {
    this.base = uri;
  }

  /** How often `keepAlive` is to be called, in milliseconds. */
  get keepAliveMs(): number {
    return this.timeoutS * 500;
  }

  async describe(): Promise<Sdp | undefined> {
    // Servers without OPTIONS say so; only what it offers is of use here.
    const options = await this.dialogue.ask({ method: 'OPTIONS', uri: this.uri });
    this.canGetParameter = /\bGET_PARAMETER\b/.test(options.headers.get('public')?.join() ?? '');
    const response = await this.dialogue.ask({ method: 'DESCRIBE', uri: this.uri, headers: { Accept: 'application/sdp' } });
    expectOk('DESCRIBE', response);
    const sdp = parseSdp(response.body);
    const header = (name: string): string | undefined => response.headers.get(name)?.[0] || undefined;
    this.base = resolved(header('content-base') ?? header('content-location') ?? this.uri, sdp?.control);
    return sdp;
  }

  /** @param channel the first of two that we would like. */
  async setup(media: SdpMedia, channel: number): Promise<Channels> {
    const uri = resolved(this.base, media.control);
    const transport = `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`;
    const response = await this.dialogue.ask({ method: 'SETUP', uri, headers: { Transport: transport, ...this.own() } });
    if (response.status === 461) throw new RtspFault('unreadable', 'The camera does not send over the connection itself.');
    expectOk('SETUP', response);
    const [, id, timeout] =
      /^\s*([^;\s]+)(?:.*;\s*timeout\s*=\s*(\d{1,6}))?/i.exec(response.headers.get('session')?.[0] ?? '') ?? [];
    this.id ??= id;
    if (timeout) this.timeoutS = Math.min(LONGEST_TIMEOUT_S, Math.max(SHORTEST_TIMEOUT_S, Number(timeout)));
    const given = response.headers.get('transport')?.[0] ?? transport;
    const [, rtp, rtcp] = /interleaved\s*=\s*(\d{1,3})(?:-(\d{1,3}))?/i.exec(given) ?? [];
    if (rtp === undefined || Number(rtp) > 255) throw new RtspFault('unreadable', 'The camera names no channel for its media.');
    return { rtp: Number(rtp), rtcp: Number(rtcp ?? Number(rtp) + 1) };
  }

  /** @param onPlaying told the `RTP-Info` before any media. */
  async play(onPlaying: (rtpInfo: string) => void): Promise<void> {
    const headers = { Range: 'npt=0.000-', ...this.own() };
    const onAnswer = (response: RtspResponse): void => onPlaying(response.headers.get('rtp-info')?.join() ?? '');
    expectOk('PLAY', await this.dialogue.ask({ method: 'PLAY', uri: this.base, headers, onAnswer }));
  }

  async keepAlive(): Promise<void> {
    const method = this.canGetParameter ? 'GET_PARAMETER' : 'OPTIONS';
    await this.dialogue.ask({ method, uri: this.base, headers: this.own() });
  }

  async teardown(): Promise<void> {
    if (this.id !== undefined) await this.dialogue.ask({ method: 'TEARDOWN', uri: this.base, headers: this.own() });
  }

  private own(): Record<string, string> {
    return this.id === undefined ? {} : { Session: this.id };
  }
}

/** The timestamps of `RTP-Info` (RFC 2326, 12.33) in the order of its entries, which is that of the tracks. */
export function rtpTimes(rtpInfo: string): (number | undefined)[] {
  return rtpInfo.split(',').map((entry) => {
    const time = /;\s*rtptime\s*=\s*(\d{1,10})/i.exec(entry)?.[1];
    return time === undefined ? undefined : Number(time) >>> 0;
  });
}

/** RFC 2326, C.1.1; a relative address is appended, whatever stands before it, as cameras and ffmpeg understand it. */
function resolved(base: string, control: string | undefined): string {
  const uri =
    !control || control === '*' ? base : /^rtsps?:\/\//i.test(control) ? control : `${base.replace(/\/?$/, '/')}${control}`;
  // What would be cut at a space, or be a line of its own, is no address.
  if (!/^[\x21-\x7e]+$/.test(uri)) throw new RtspFault('not-rtsp', 'The camera names an address that cannot be read.');
  return uri;
}

function expectOk(method: string, { status }: RtspResponse): void {
  if (status === 200) return;
  const told = `The camera answered ${method} with ${status}.`;
  if (status === 403) throw new RtspFault('unauthorized', told);
  if (status === 404) throw new RtspFault('path-not-found', told);
  if (status >= 300 && status < 400)
    throw new RtspFault('redirected', `${told} It sends us to another address, and redirections are not followed.`);
  throw new RtspFault('refused', told);
}
