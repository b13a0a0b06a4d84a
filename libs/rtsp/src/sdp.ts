/** The parts of a session description (RFC 8866) that matter to a client. Unknown lines are passed over. */
export interface SdpMedia {
  readonly kind: string;
  /** The first payload type listed. */
  readonly payloadType: number;
  /** From `rtpmap` or, for fixed numbers, RFC 3551: upper case. */
  readonly encoding: string;
  /** Ticks a second. */
  readonly clockRate: number;
  readonly channels: number;
  /** Format parameters, names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly control: string | undefined;
}

export interface Sdp {
  readonly control: string | undefined;
  readonly media: readonly SdpMedia[];
}

const MAX_MEDIA = 16;
const FIXED: Readonly<Record<number, string>> = { 0: 'PCMU/8000', 8: 'PCMA/8000', 26: 'JPEG/90000', 32: 'MPV/90000' };

/** Undefined for what is no session description. */
export function parseSdp(text: string): Sdp | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (!lines.some((line) => line.startsWith('v='))) return undefined;
  const sections: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  const [session = [], ...media] = sections;
  return { control: attribute(session, 'control'), media: media.slice(0, MAX_MEDIA).map(mediaOf) };
}

function mediaOf(lines: readonly string[]): SdpMedia {
  const [kind = '', , , format = ''] = (lines[0] ?? '').slice(2).split(/\s+/);
  const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : -1;
  const map = numbered(lines, 'rtpmap', payloadType) ?? FIXED[payloadType] ?? '';
  const [encoding = '', rate = '', channels = ''] = map.split('/').map((part) => part.trim());
  return {
    kind,
    payloadType,
    encoding: encoding.toUpperCase(),
    clockRate: Number(rate) || 0,
    channels: Number(channels) || 1,
    parameters: parametersOf(numbered(lines, 'fmtp', payloadType) ?? ''),
    control: attribute(lines, 'control'),
  };
}

function attribute(lines: readonly string[], name: string): string | undefined {
  return lines
    .find((line) => line.startsWith(`a=${name}:`))
    ?.slice(name.length + 3)
    .trim();
}

function numbered(lines: readonly string[], name: string, payloadType: number): string | undefined {
  const start = `a=${name}:${payloadType} `;
  return lines
    .find((line) => line.startsWith(start))
    ?.slice(start.length)
    .trim();
}

function parametersOf(text: string): Map<string, string> {
  const pairs = text.split(';').map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return equals === -1
      ? [pair.trim().toLowerCase(), '']
      : [pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim()];
  });
  return new Map(pairs.filter(([name]) => name !== ''));
}
