/** One live media playlist as written, before any judgement. Times in seconds. */
export interface ListPart {
  readonly uri: string;
  readonly duration: number;
  readonly gap: boolean;
  readonly independent: boolean;
}

export interface ListSegment {
  readonly mediaSequence: number;
  /** Undefined: the segment at the end of which only parts are there yet. */
  readonly uri: string | undefined;
  readonly duration: number;
  readonly gap: boolean;
  readonly discontinuities: number;
  /** Discontinuity sequence number, counted over the whole list. */
  readonly discontinuitySequence: number;
  /** MAP tag right before it. */
  readonly mapTag: string | undefined;
  /** MAP in force. */
  readonly map: string | undefined;
  /** Epoch ms. */
  readonly date: number | undefined;
  readonly parts: readonly ListPart[];
}

export interface LiveList {
  readonly version: number;
  readonly targetDuration: number;
  readonly partTarget: number | undefined;
  /** SERVER-CONTROL as written. */
  readonly control: string | undefined;
  readonly controls: Readonly<Record<string, string>>;
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  readonly skipped: number;
  /** Complete ones, without those skipped. */
  readonly segments: readonly ListSegment[];
  readonly open: ListSegment;
  readonly hints: readonly string[];
  readonly playlistType: boolean;
}

const attributes = (text: string): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g)) found[key] = value.replaceAll('"', '');
  return found;
};

interface Draft {
  discontinuities: number;
  mapTag: string | undefined;
  date: number | undefined;
  gap: boolean;
  duration: number;
  parts: ListPart[];
}

const draft = (): Draft => ({ discontinuities: 0, mapTag: undefined, date: undefined, gap: false, duration: 0, parts: [] });

/** Reads what a client would read; unknown tags are passed over. */
export const parseLiveList = (text: string): LiveList => {
  const tags = new Map<string, string>();
  const hints: string[] = [];
  const segments: ListSegment[] = [];
  let current = draft();
  let map: string | undefined;
  let skipped = 0;
  let sequence: number | undefined;
  let discontinuity: number | undefined;
  const finish = (uri: string | undefined): ListSegment => {
    sequence ??= Number(tags.get('EXT-X-MEDIA-SEQUENCE') ?? 0) + skipped;
    discontinuity = (discontinuity ?? Number(tags.get('EXT-X-DISCONTINUITY-SEQUENCE') ?? 0)) + current.discontinuities;
    map = current.mapTag ?? map;
    const segment = { ...current, uri, map, mediaSequence: sequence++, discontinuitySequence: discontinuity };
    current = draft();
    return segment;
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (!line.startsWith('#')) {
      segments.push(finish(line));
      continue;
    }
    const [, tag = '', value = ''] = /^#(EXT[A-Z0-9-]*):?(.*)$/.exec(line) ?? [];
    if (tag === 'EXT-X-DISCONTINUITY') current.discontinuities++;
    else if (tag === 'EXT-X-MAP') current.mapTag = attributes(value).URI;
    else if (tag === 'EXT-X-PROGRAM-DATE-TIME') current.date = Date.parse(value);
    else if (tag === 'EXT-X-GAP') current.gap = true;
    else if (tag === 'EXTINF') current.duration = parseFloat(value);
    else if (tag === 'EXT-X-PART') current.parts.push(readPart(value));
    else if (tag === 'EXT-X-PRELOAD-HINT') hints.push(attributes(value).URI ?? '');
    else if (tag === 'EXT-X-SKIP') skipped = Number(attributes(value)['SKIPPED-SEGMENTS']);
    else tags.set(tag, value);
  }
  const partTarget = attributes(tags.get('EXT-X-PART-INF') ?? '')['PART-TARGET'];
  return {
    version: Number(tags.get('EXT-X-VERSION') ?? 1),
    targetDuration: Number(tags.get('EXT-X-TARGETDURATION')),
    partTarget: partTarget === undefined ? undefined : Number(partTarget),
    control: tags.get('EXT-X-SERVER-CONTROL'),
    controls: attributes(tags.get('EXT-X-SERVER-CONTROL') ?? ''),
    mediaSequence: Number(tags.get('EXT-X-MEDIA-SEQUENCE') ?? 0),
    discontinuitySequence: Number(tags.get('EXT-X-DISCONTINUITY-SEQUENCE') ?? 0),
    skipped,
    segments,
    open: finish(undefined),
    hints,
    playlistType: tags.has('EXT-X-PLAYLIST-TYPE'),
  };
};

const readPart = (value: string): ListPart => {
  const { URI = '', DURATION, GAP, INDEPENDENT } = attributes(value);
  return { uri: URI, duration: Number(DURATION), gap: GAP === 'YES', independent: INDEPENDENT === 'YES' };
};
