import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { digestChallenge, provesCredentials } from './digest';
import type { RtpTrack } from './rtp';
import { type RtspRequest, RtspRequestReader, rtspResponse } from './rtsp-message';
import { RtspPlayer } from './rtsp-player';
import type { RtspStream } from './rtsp-stream';

const METHODS = 'OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN';

interface Session {
  stream: RtspStream;
  video?: RtpTrack;
  audio?: RtpTrack;
  player?: RtspPlayer;
}

/** One client's connection: its requests in, its answers and interleaved media out. */
export class RtspConnection {
  private readonly reader = new RtspRequestReader();
  private readonly nonce = randomBytes(16).toString('hex');
  private readonly sessionId = randomBytes(8).toString('hex');
  private session: Session | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly find: (path: string) => RtspStream | undefined,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.read(bytes));
    // A client that goes away resets its socket; 'close' follows and ends the session.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.end());
  }

  close(): void {
    this.socket.destroy();
  }

  private read(bytes: Buffer): void {
    try {
      for (const request of this.reader.push(bytes)) this.answer(request);
    } catch {
      // Whoever does not speak RTSP is no camera client; there is nobody to tell.
      this.close();
    }
  }

  private answer(request: RtspRequest): void {
    if (request.method === 'OPTIONS') return this.reply(request, 200, { Public: METHODS });
    const target = targetOf(request.uri);
    const stream = this.session?.stream ?? this.find(target.path);
    if (!stream) return this.reply(request, 404);
    if (stream.credentials && !this.proves(request, stream)) {
      return this.reply(request, 401, { 'WWW-Authenticate': digestChallenge(this.nonce) });
    }
    switch (request.method) {
      case 'DESCRIBE':
        return this.describe(request, stream);
      case 'SETUP':
        return this.setup(request, stream, target.track);
      case 'PLAY':
        return this.play(request);
      case 'GET_PARAMETER':
        return this.reply(request, 200, { Session: this.sessionId });
      case 'TEARDOWN':
        this.end();
        return this.reply(request, 200, { Session: this.sessionId });
      default:
        return this.reply(request, 501, { Public: METHODS });
    }
  }

  private proves(request: RtspRequest, stream: RtspStream): boolean {
    const header = request.headers.get('authorization');
    return stream.credentials !== undefined && provesCredentials(header, stream.credentials, request.method, this.nonce);
  }

  private describe(request: RtspRequest, stream: RtspStream): void {
    const base = request.uri.endsWith('/') ? request.uri : `${request.uri}/`;
    const headers = { 'Content-Base': base, 'Content-Type': 'application/sdp' };
    this.socket.write(rtspResponse(200, request, headers, stream.describe()));
  }

  private setup(request: RtspRequest, stream: RtspStream, track: number | undefined): void {
    const interleaved = /RTP\/AVP\/TCP[^,]*interleaved=(\d+)-(\d+)/.exec(request.headers.get('transport') ?? '');
    if (!interleaved) return this.reply(request, 461);
    const channel = Number(interleaved[1]);
    const kind = track === 0 && stream.hasVideo() ? 'video' : track === 1 ? 'audio' : undefined;
    const made = kind && channel < 255 ? RtspPlayer.track(kind, channel, stream.format) : undefined;
    if (!kind || !made) return this.reply(request, 404);
    if (this.session?.player) return this.reply(request, 455);
    this.session = { ...(this.session ?? { stream }), [kind]: made };
    this.reply(request, 200, {
      Transport: `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1};ssrc=${made.ssrc.toString(16).padStart(8, '0').toUpperCase()}`,
      Session: `${this.sessionId};timeout=60`,
    });
  }

  private play(request: RtspRequest): void {
    const session = this.session;
    if (!session) return this.reply(request, 454);
    this.reply(request, 200, { Session: this.sessionId, Range: 'npt=now-' });
    if (session.player) return;
    session.player = new RtspPlayer(this.socket, session.video, session.audio);
    session.stream.attach(session.player);
  }

  private reply(request: RtspRequest, status: number, headers: Record<string, string> = {}): void {
    this.socket.write(rtspResponse(status, request, headers));
  }

  private end(): void {
    if (this.session?.player) this.session.stream.detach(this.session.player);
    this.session = undefined;
  }
}

/** `rtsp://host:port/0412/overview/track1?x` is the second track of `/0412/overview`. */
function targetOf(uri: string): { path: string; track: number | undefined } {
  const path = uri.replace(/^rtsps?:\/\/[^/]*/i, '').replace(/\?.*$/, '');
  const match = /^(.*?)\/?(?:track(\d))?$/.exec(path);
  return { path: match?.[1] ?? path, track: match?.[2] === undefined ? undefined : Number(match[2]) };
}
