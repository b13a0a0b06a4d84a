/** RTSP 1.0 requests as they come out of a socket (RFC 2326, 6 and 10.12). */

export interface RtspRequest {
  method: string;
  uri: string;
  /** Names in lower case. */
  headers: Map<string, string>;
}

const LONGEST_REQUEST_BYTES = 64 * 1024;

/** Gives whole requests and passes over interleaved data (receiver reports). Throws on what is not RTSP. */
export class RtspRequestReader {
  private rest: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): RtspRequest[] {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const requests: RtspRequest[] = [];
    for (;;) {
      const taken = this.rest[0] === 0x24 ? this.skipInterleaved() : this.takeRequest(requests);
      if (!taken) break;
    }
    if (this.rest.length > LONGEST_REQUEST_BYTES + 4) throw new Error('The request is too long.');
    return requests;
  }

  private skipInterleaved(): boolean {
    if (this.rest.length < 4) return false;
    const end = 4 + this.rest.readUInt16BE(2);
    if (this.rest.length < end) return false;
    this.rest = this.rest.subarray(end);
    return true;
  }

  private takeRequest(into: RtspRequest[]): boolean {
    const headEnd = this.rest.indexOf('\r\n\r\n');
    if (headEnd === -1) return false;
    const [start = '', ...lines] = this.rest.toString('utf8', 0, headEnd).split('\r\n');
    const match = /^([A-Z_]+) (\S+) RTSP\/1\.0$/.exec(start);
    if (!match) throw new Error('This is not an RTSP request.');
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const end = headEnd + 4 + Number(headers.get('content-length') ?? 0);
    if (!(end >= headEnd + 4)) throw new Error('The length of the request is not a number.');
    if (this.rest.length < end) return false;
    into.push({ method: match[1] ?? '', uri: match[2] ?? '', headers });
    this.rest = this.rest.subarray(end);
    return true;
  }
}

const REASONS: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  461: 'Unsupported Transport',
  501: 'Not Implemented',
};

export function rtspResponse(status: number, request: RtspRequest, headers: Record<string, string> = {}, body = ''): Buffer {
  const lines = [`RTSP/1.0 ${status} ${REASONS[status] ?? ''}`, `CSeq: ${request.headers.get('cseq') ?? '0'}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
