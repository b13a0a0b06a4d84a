import { createHash } from 'node:crypto';
import type { Bundle, BundleFile } from './bundle';
import { readChecksums } from './checksum-list';
import { coverageOf, type Hole } from './coverage';
import { Malformed } from './malformed';
import { type Manifest, readManifest } from './manifest';

/** What was found out about a package. */
export interface PackageVerdict {
  kind: 'verified' | 'altered' | 'declared-gaps' | 'undeclared-gap';
  files: number;
  bytes: number;
  /** hex */
  manifestSha256: string;
  /** What differs from what the package says of itself, one line each. */
  alterations: string[];
  declared: Hole[];
  undeclared: Hole[];
}

const MANIFEST = 'manifest.json';
const CHECKSUMS = 'SHA256SUMS';
const EXPORT = 'export/export.json';
const MOST_TEXT_BYTES = 64 * 2 ** 20;

/** Reads every byte of a package and holds it against its lists, and these against each other. @throws Malformed */
export async function checkPackage(bundle: Bundle, onFile: (name: string) => void = () => undefined): Promise<PackageVerdict> {
  const files = new Map(bundle.files.map((file) => [file.name, file]));
  const checksums = readChecksums(await textOf(bundle, files, CHECKSUMS));
  const manifestText = await textOf(bundle, files, MANIFEST);
  const manifest = readManifest(manifestText);
  const found = new Map<string, string>();
  for (const file of bundle.files) {
    onFile(file.name);
    if (file.name !== CHECKSUMS) found.set(file.name, await hashOf(bundle, file));
  }
  const manifestSha256 = createHash('sha256').update(manifestText).digest('hex');
  const coverage = manifest.cameras.map((camera) => coverageOf(camera, manifest.range));
  const alterations = [
    ...againstChecksums(found, checksums),
    ...againstManifest(files, found, manifest),
    ...coverage.flatMap(({ contradictions }) => contradictions),
    ...(await againstExport(bundle, files, manifestSha256)),
  ];
  const [declared, undeclared] = [coverage.flatMap((each) => each.declared), coverage.flatMap((each) => each.undeclared)];
  const facts = { files: bundle.files.length, bytes: bundle.files.reduce((sum, { bytes }) => sum + bytes, 0), manifestSha256 };
  return {
    kind: kindOf(alterations, undeclared, declared),
    ...facts,
    alterations: [...new Set(alterations)],
    declared,
    undeclared,
  };
}

function kindOf(alterations: readonly string[], undeclared: readonly Hole[], declared: readonly Hole[]): PackageVerdict['kind'] {
  if (alterations.length > 0) return 'altered';
  if (undeclared.length > 0) return 'undeclared-gap';
  return declared.length > 0 ? 'declared-gaps' : 'verified';
}

function againstChecksums(found: ReadonlyMap<string, string>, checksums: ReadonlyMap<string, string>): string[] {
  const missing = [...checksums.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`);
  const strange = [...found.keys()]
    .filter((name) => !checksums.has(name))
    .map((name) => `${name} does not belong to the package`);
  const changed = [...found].filter(([name, hash]) => checksums.has(name) && checksums.get(name) !== hash);
  return [...missing, ...strange, ...changed.map(([name]) => `${name} was altered`)];
}

/** The manifest is an own list: a file that fits the checksums alone was exchanged together with them. */
function againstManifest(
  files: ReadonlyMap<string, BundleFile>,
  found: ReadonlyMap<string, string>,
  manifest: Manifest,
): string[] {
  const alterations: string[] = [];
  const claim = (path: string, sha256: string, bytes?: number): void => {
    if (!files.has(path)) alterations.push(`${path} is missing`);
    else if (found.get(path) !== sha256 || (bytes !== undefined && files.get(path)?.bytes !== bytes))
      alterations.push(`${path} was altered`);
  };
  for (const { path, sha256, bytes } of manifest.files) claim(path, sha256, bytes);
  for (const camera of manifest.cameras) {
    for (const { path, sha256 } of camera.inits) claim(path, sha256);
    for (const { path, sha256, bytes } of camera.segments)
      if (path !== null && sha256 !== null) claim(path, sha256, bytes ?? undefined);
  }
  const listed = new Set(manifest.files.map(({ path }) => path));
  const isOwn = (name: string): boolean => name === MANIFEST || name === CHECKSUMS || name.startsWith('export/');
  const unlisted = [...files.keys()].filter((name) => !listed.has(name) && !isOwn(name));
  return [...alterations, ...unlisted.map((name) => `${name} is not in manifest.json`)];
}

async function againstExport(bundle: Bundle, files: ReadonlyMap<string, BundleFile>, manifestSha256: string): Promise<string[]> {
  const text = await textOf(bundle, files, EXPORT);
  let told: unknown;
  try {
    told = (JSON.parse(text) as { manifestSha256?: unknown }).manifestSha256;
  } catch (error) {
    throw new Malformed(`${EXPORT} is no JSON`, { cause: error });
  }
  return told === manifestSha256 ? [] : [`${MANIFEST} is not the one that was exported`];
}

async function textOf(bundle: Bundle, files: ReadonlyMap<string, BundleFile>, name: string): Promise<string> {
  const file = files.get(name);
  if (!file) throw new Malformed(`${name} is missing: this is no evidence package`);
  if (file.bytes > MOST_TEXT_BYTES) throw new Malformed(`${name} is too large`);
  const chunks: Buffer[] = [];
  for await (const chunk of bundle.open(file)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function hashOf(bundle: Bundle, file: BundleFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bundle.open(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
