import type { Authorization } from './authorization';
import type { RtspResponse } from './response';
import { RtspFault } from './types';

interface Waiting {
  readonly sequence: number;
  readonly resolve: (response: RtspResponse) => void;
  readonly reject: (fault: RtspFault) => void;
  readonly timer: NodeJS.Timeout;
  readonly onAnswer: ((response: RtspResponse) => void) | undefined;
}

export interface Request {
  readonly method: string;
  readonly uri: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called at once, before any media that came behind the answer. */
  readonly onAnswer?: (response: RtspResponse) => void;
}

/** Requests and their answers on one connection (RFC 2326, 6 and 7), credentials included where they are asked for. */
export class Dialogue {
  private sequence = 0;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly send: (text: string) => void,
    private readonly authorization: Authorization,
    private readonly answerMs: number,
  ) {}

  /** Any answer but a 401 to what we know. Rejects with RtspFault. */
  async ask(request: Request): Promise<RtspResponse> {
    const first = await this.exchange(request);
    if (first.status !== 401) return first;
    if (!this.authorization.hasCredentials)
      throw new RtspFault('unauthorized', 'The camera asks for a user name and a password.');
    if (!this.authorization.take(first.headers.get('www-authenticate') ?? []))
      throw new RtspFault('unauthorized', 'The camera asks for a kind of authentication that is not known here.');
    const second = await this.exchange(request);
    if (second.status === 401) throw new RtspFault('unauthorized', 'The camera refuses the user name or password.');
    return second;
  }

  answered(response: RtspResponse): void {
    const sequence = Number(response.headers.get('cseq')?.[0] ?? NaN);
    // Cameras that count wrongly are taken at the order of their answers; the late answer to what was given up is left out.
    if (sequence < (this.waiting[0]?.sequence ?? Infinity)) return;
    const waiting = this.waiting.shift();
    if (!waiting) return;
    clearTimeout(waiting.timer);
    if (response.status === 200) waiting.onAnswer?.(response);
    waiting.resolve(response);
  }

  /** Nothing more will be answered. */
  end(fault: RtspFault): void {
    for (const { timer, reject } of this.waiting.splice(0)) {
      clearTimeout(timer);
      reject(fault);
    }
  }

  private exchange({ method, uri, headers = {}, onAnswer }: Request): Promise<RtspResponse> {
    this.sequence += 1;
    const { sequence } = this;
    const authorization = this.authorization.header(method, uri);
    const lines = [`${method} ${uri} RTSP/1.0`, `CSeq: ${sequence}`, 'User-Agent: Pollglass'];
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    if (authorization !== undefined) lines.push(`Authorization: ${authorization}`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(new RtspFault('silent', `The camera did not answer ${method} within ${Math.round(this.answerMs / 1000)} s.`));
      }, this.answerMs);
      const waiting: Waiting = { sequence, resolve, reject, timer, onAnswer };
      this.waiting.push(waiting);
      this.send(`${lines.join('\r\n')}\r\n\r\n`);
    });
  }
}
