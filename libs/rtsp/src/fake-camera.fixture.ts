import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { rtpBytes } from './rtp.fixture';

export const SPS = Buffer.from('6742c01fd9014140', 'hex');
export const PPS = Buffer.from('68cb83cb20', 'hex');
export const KEY = Buffer.from('65880001', 'hex');
export const SLICE = Buffer.from('41880002', 'hex');
export const SDP = [
  'v=0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  `a=fmtp:96 packetization-mode=1;sprop-parameter-sets=${SPS.toString('base64')},${PPS.toString('base64')}`,
  'a=control:track0',
  'm=audio 0 RTP/AVP 97',
  'a=rtpmap:97 MPEG4-GENERIC/16000/1',
  'a=fmtp:97 mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408',
  'a=control:track1',
].join('\r\n');

export type Answer = { status?: number; headers?: string[]; body?: string } | 'nothing';

/** A camera that answers as it is told to, and remembers what it was asked. */
export class FakeCamera {
  readonly asked: { method: string; text: string }[] = [];
  answers: Record<string, (text: string) => Answer> = {};
  socket: Socket | undefined;
  onPlay: () => void = () => undefined;
  private readonly server: Server;
  private readonly sequences = new Map<number, number>();

  /** @param tls with a certificate that nobody signed. */
  constructor(private readonly tls = false) {
    const serve = (socket: Socket): void => {
      this.socket = socket;
      let rest = '';
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes: Buffer) => {
        const requests = (rest + bytes.toString('latin1')).split('\r\n\r\n');
        rest = requests.pop() ?? '';
        for (const text of requests) this.answer(socket, text);
      });
    };
    this.server = tls ? createTlsServer({ key: KEY_PEM, cert: CERTIFICATE_PEM }, serve) : createServer(serve);
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  url(login = ''): string {
    return `rtsp${this.tls ? 's' : ''}://${login}127.0.0.1:${(this.server.address() as AddressInfo).port}/live`;
  }

  close(): void {
    this.socket?.destroy();
    this.server.close();
  }

  picture(timestamp: number, nal: Buffer): void {
    this.rtp(0, 96, timestamp, nal);
  }

  sound(timestamp: number): void {
    this.rtp(2, 97, timestamp, Buffer.from([0, 16, 0, 2 << 3, 0xaa, 0xbb]));
  }

  frame(channel: number, bytes: Buffer): void {
    this.socket?.write(Buffer.concat([Buffer.from([0x24, channel, bytes.length >> 8, bytes.length & 0xff]), bytes]));
  }

  private rtp(channel: number, type: number, timestamp: number, payload: Buffer): void {
    const sequence = this.sequences.get(channel) ?? 65_000;
    this.sequences.set(channel, sequence + 1);
    this.frame(channel, rtpBytes({ sequence, timestamp, payload, marker: true, type }));
  }

  private answer(socket: Socket, text: string): void {
    const method = text.split(' ')[0] ?? '';
    this.asked.push({ method, text });
    const answer = this.answers[method]?.(text) ?? this.usual(method, text);
    if (answer === 'nothing') return;
    const { status = 200, headers = [], body = '' } = answer;
    const sequence = /CSeq: (\d+)/.exec(text)?.[1];
    const lines = [`RTSP/1.0 ${status} -`, `CSeq: ${sequence}`, ...headers, `Content-Length: ${body.length}`];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    if (method === 'PLAY') this.onPlay();
  }

  private usual(method: string, text: string): Answer {
    if (method === 'OPTIONS') return { headers: ['Public: DESCRIBE, SETUP, PLAY, GET_PARAMETER'] };
    if (method === 'DESCRIBE') return { body: SDP };
    const transport = /Transport: .*/.exec(text)?.[0];
    return { headers: ['Session: abc;timeout=60', ...(transport ? [transport] : [])] };
  }
}

/** Made for this file, and of use nowhere else: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes. */
const KEY_PEM = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPpU+6O2eQ7Bxf5Jq
vgPdNED6Lj/DNET5asLJvQlyb3ShRANCAAQtFKA4a85RkjVgloyUM9e6UPSGmjZS
Vfns67ZYCYApV8uXtRhDcuKtB/tyIDob+/O7c+tcljVM8Vfx9XFmgXrw
-----END PRIVATE KEY-----`;
const CERTIFICATE_PEM = `-----BEGIN CERTIFICATE-----
MIIBejCCAR+gAwIBAgIUfgNrXmydlGTGs9bE+XY2sF5Ks+kwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGY2FtZXJhMCAXDTI2MTEyMjA3MDczMloYDzIxMjYxMDI5MDcw
NzMyWjARMQ8wDQYDVQQDDAZjYW1lcmEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQtFKA4a85RkjVgloyUM9e6UPSGmjZSVfns67ZYCYApV8uXtRhDcuKtB/tyIDob
+/O7c+tcljVM8Vfx9XFmgXrwo1MwUTAdBgNVHQ4EFgQUg542qG3B5zAiKOmj46wd
tmMOCDswHwYDVR0jBBgwFoAUg542qG3B5zAiKOmj46wdtmMOCDswDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAktpP1Ht/wS0DVdLMrPh7uAnizQTg
aCHC+PkI6cJFRGACIQDVxVrJG440R8LPyW5AH1b8eDv+mrVJhQXqKfX3y33lOg==
-----END CERTIFICATE-----`;
