/** An answer of RTSP 1.0 (RFC 2326, 7). Header names are in lower case, each with its values in order. */
export interface RtspResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export interface ResponseHead {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Bytes. */
  readonly bodyLength: number;
}

/** Undefined for what is no answer, a request of the server included. */
export function parseHead(text: string): ResponseHead | undefined {
  const [start = '', ...lines] = text.split(/\r?\n/);
  const status = /^RTSP\/\d\.\d\s+(\d{3})(?:\s|$)/.exec(start)?.[1];
  if (status === undefined) return undefined;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  const length = headers.get('content-length')?.[0] ?? '0';
  if (!/^\d{1,9}$/.test(length)) return undefined;
  return { status: Number(status), headers, bodyLength: Number(length) };
}
