import { Malformed } from './malformed';

const FORMAT = 'pollglass-evidence/1';
const HASH = /^[0-9a-f]{64}$/;

export interface ManifestSegment {
  mediaSequence: number;
  run: string;
  /** Epoch ms. */
  from: number;
  to: number;
  state: 'original' | 'deleted' | 'unavailable' | 'damaged';
  /** Null where the state is not `original`. */
  path: string | null;
  bytes: number | null;
  /** As it was recorded; null: it never was. */
  sha256: string | null;
  isLeadIn: boolean;
}

export interface ManifestCamera {
  name: string;
  number: number;
  inits: { run: string; path: string; sha256: string }[];
  segments: ManifestSegment[];
  gaps: { from: number; to: number; cause: string }[];
}

export interface Manifest {
  range: { from: number; to: number };
  cameras: ManifestCamera[];
  files: { path: string; bytes: number; sha256: string }[];
}

/** Reads `manifest.json`; what it does not say in the form of a package is refused. @throws Malformed */
export function readManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Malformed('manifest.json is no JSON', { cause: error });
  }
  const root = new Part(value, 'manifest.json');
  if (root.text('format') !== FORMAT) throw new Malformed(`manifest.json is not of the format ${FORMAT}`);
  const range = root.part('range');
  return {
    range: { from: range.instant('from'), to: range.instant('to') },
    cameras: root.list('cameras').map(readCamera),
    files: root
      .list('files')
      .map((file) => ({ path: file.text('path'), bytes: file.count('bytes'), sha256: file.hash('sha256') })),
  };
}

function readCamera(camera: Part): ManifestCamera {
  return {
    name: camera.text('name'),
    number: camera.count('number'),
    inits: camera.list('runs').map((run) => {
      const init = run.part('init');
      return { run: run.text('run'), path: init.text('path'), sha256: init.hash('sha256') };
    }),
    segments: camera.list('segments').map(readSegment),
    gaps: camera.list('gaps').map((gap) => ({ from: gap.instant('from'), to: gap.instant('to'), cause: gap.text('cause') })),
  };
}

function readSegment(segment: Part): ManifestSegment {
  const state = segment.text('state');
  if (state !== 'original' && state !== 'deleted' && state !== 'unavailable' && state !== 'damaged')
    throw new Malformed(`manifest.json knows a segment that is ${JSON.stringify(state)}`);
  const isThere = state === 'original';
  return {
    mediaSequence: segment.count('mediaSequence'),
    run: segment.text('run'),
    from: segment.instant('from'),
    to: segment.instant('to'),
    state,
    path: isThere ? segment.text('path') : null,
    bytes: segment.has('bytes') ? segment.count('bytes') : null,
    sha256: segment.has('sha256') ? segment.hash('sha256') : null,
    isLeadIn: segment.has('leadIn'),
  };
}

/** A piece of the JSON, and where it stands, for messages. */
class Part {
  private readonly fields: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly place: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${place} is not an object`);
    this.fields = value as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.fields[name] !== null && this.fields[name] !== undefined;
  }

  part(name: string): Part {
    return new Part(this.fields[name], `${this.place}: ${name}`);
  }

  list(name: string): Part[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) this.refuse(name, 'a list');
    return (value as unknown[]).map((item, index) => new Part(item, `${this.place}: ${name}[${index}]`));
  }

  text(name: string): string {
    const value = this.fields[name];
    return typeof value === 'string' ? value : this.refuse(name, 'a text');
  }

  count(name: string): number {
    const value = this.fields[name];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : this.refuse(name, 'a whole number');
  }

  hash(name: string): string {
    const value = this.text(name);
    if (!HASH.test(value)) this.refuse(name, 'a SHA-256');
    return value;
  }

  /** Epoch ms. */
  instant(name: string): number {
    const ms = Date.parse(this.text(name));
    if (Number.isNaN(ms)) this.refuse(name, 'a time');
    return ms;
  }

  private refuse(name: string, kind: string): never {
    throw new Malformed(`${this.place}: ${name} is not ${kind}`);
  }
}
