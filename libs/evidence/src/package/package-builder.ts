import type { ReportLanguage } from '@app/contracts';
import type { TimeRange } from '@app/recordings';
import type { CaseFile, CustodyEntry } from './case-file';
import type { FootageCollector } from './footage-collector';
import { byPath, checksumLines, jsonText, type PackedCamera, writeManifest } from './manifest';
import {
  CASE_FILE,
  CHECKSUMS,
  CUSTODY_FILE,
  DECISIONS_FILE,
  EVENTS_FILE,
  EXPORT_FILE,
  GAPS_FILE,
  MANIFEST,
  README,
  reportName,
} from './package-names';
import type { ZipEntry } from './package-zip';
import { writeReadme } from './readme';
import { writeReport } from './report/case-report';
import type { Staging } from './staging';
import type { PackedStill, StillMaker } from './still-maker';
import { sha256Of } from './sha256';
import { addWorkingCopies, playablePieces } from './working-copies';

/** Who takes a package along, why, and for whom. Times are ISO 8601, UTC. */
export interface ExportFacts {
  packageId: string;
  reason: string;
  recipient: string;
  requestedBy: { id: string; name: string };
  requestedAt: string;
}

export interface BuildInput {
  caseFile: CaseFile;
  custody: readonly CustodyEntry[];
  facts: ExportFacts;
  language: ReportLanguage;
  staging: Staging;
  /** An empty folder for what does not go into the package. */
  scratch: string;
  /** @param percent of the work */
  onProgress: (percent: number) => Promise<void>;
  signal: AbortSignal | undefined;
}

export interface BuiltPackage {
  /** In the order of the zip. */
  entries: ZipEntry[];
  manifestSha256: string;
}

const COLLECTED = 70;
const DRAWN = 85;
export const BUILT = 90;

/** Makes all files of a package. What it makes of the same case is the same to the byte, but for what lies below `export/`. */
export class PackageBuilder {
  constructor(
    private readonly collector: FootageCollector,
    private readonly stills: StillMaker,
  ) {}

  /** @throws PackageTooLarge; Error when footage cannot be read now, or ffmpeg fails */
  async build(input: BuildInput): Promise<BuiltPackage> {
    const { caseFile, staging, onProgress } = input;
    const range = rangeOf(caseFile);
    const { cameras, inits } = await this.collect(input, range);
    const pictures = await this.draw(input, cameras, inits, range);
    await onProgress(DRAWN);
    await addCase(caseFile, cameras, staging);
    const report = reportName(input.language);
    const pathOf = (name: string) => staging.pathOf(name);
    await staging.add(
      report,
      'report',
      await writeReport({ caseFile, cameras, stills: pictures, language: input.language, pathOf }),
    );
    await staging.add(README, 'readme', Buffer.from(writeReadme(caseFile, report)));
    const manifest = Buffer.from(writeManifest(caseFile, cameras, staging.files));
    await onProgress(BUILT);
    return finished(input, manifest);
  }

  private async collect({ caseFile, staging, onProgress, signal }: BuildInput, range: TimeRange) {
    const planned = await this.collector.plan(caseFile.cameras, range);
    const total = planned.reduce((sum, { rows }) => sum + rows.length, 0);
    let done = 0;
    const step = async (): Promise<void> => {
      signal?.throwIfAborted();
      done += 1;
      await onProgress(Math.floor((COLLECTED * done) / total));
    };
    const cameras: PackedCamera[] = [];
    for (const footage of planned) cameras.push(await this.collector.collect(footage, range, staging, step));
    return { cameras, inits: new Map(planned.flatMap((footage) => [...footage.inits])) };
  }

  /** The flagged moment of every camera, the flagged camera first; of that one also how the range begins and ends. */
  private async draw(
    { caseFile, staging, scratch, signal }: BuildInput,
    cameras: readonly PackedCamera[],
    inits: ReadonlyMap<string, Buffer>,
    range: TimeRange,
  ): Promise<PackedStill[]> {
    const flagged = caseFile.cameras.find(({ isFlagged }) => isFlagged)?.number;
    const drawn: PackedStill[] = [];
    const at = Date.parse(caseFile.incident.at);
    for (const camera of [...cameras].sort((left, right) => Number(right.number === flagged) - Number(left.number === flagged))) {
      const pieces = playablePieces(camera, range);
      await addWorkingCopies(camera, pieces, inits, staging);
      for (const moment of camera.number === flagged ? [at, range.from, range.to] : [at]) {
        signal?.throwIfAborted();
        const still = await this.stills.add(camera, pieces, moment, { staging, scratch, signal });
        if (still && !drawn.some(({ path }) => path === still.path)) drawn.push(still);
      }
    }
    return drawn;
  }
}

export function rangeOf({ incident }: CaseFile): TimeRange {
  return { from: Date.parse(incident.from), to: Date.parse(incident.to) };
}

async function addCase(caseFile: CaseFile, cameras: readonly PackedCamera[], staging: Staging): Promise<void> {
  const { incident, election, station, versions, events, decisions } = caseFile;
  const json = (path: string, value: unknown) => staging.add(path, 'case', Buffer.from(jsonText(value)));
  await json(CASE_FILE, { incident, election, station, cameras: caseFile.cameras, versions });
  await json(EVENTS_FILE, events);
  await json(DECISIONS_FILE, decisions);
  const iso = (ms: number): string => new Date(ms).toISOString();
  const gaps = cameras.flatMap((camera) =>
    camera.gaps.map(({ from, to, cause }) => ({
      camera: camera.number,
      cameraId: camera.id,
      from: iso(from),
      to: iso(to),
      cause,
    })),
  );
  await json(GAPS_FILE, gaps);
}

/** Adds what belongs to this export alone, and the list of all hashes. */
function finished({ staging, facts, custody }: BuildInput, manifest: Buffer): BuiltPackage {
  const inMemory = (path: string, content: Buffer) => ({ path, bytes: content.length, sha256: sha256Of(content), content });
  const custodyFile = inMemory(CUSTODY_FILE, Buffer.from(jsonText(custody)));
  const manifestFile = inMemory(MANIFEST, manifest);
  const exportFile = inMemory(
    EXPORT_FILE,
    Buffer.from(jsonText({ ...facts, manifestSha256: manifestFile.sha256, custodySha256: custodyFile.sha256 })),
  );
  const staged = staging.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256, source: staging.pathOf(path) }));
  const files: ZipEntry[] = [...staged, manifestFile, exportFile, custodyFile].sort(byPath);
  const checksums = inMemory(CHECKSUMS, Buffer.from(checksumLines(files)));
  // What a person looks for first stands first.
  const isText = ({ path }: ZipEntry): boolean => !path.includes('/');
  const entries = [...files.filter(isText), checksums, ...files.filter((file) => !isText(file))];
  return { entries, manifestSha256: manifestFile.sha256 };
}
