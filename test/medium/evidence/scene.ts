import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EvidenceJob, Incident } from '@app/contracts';
import type { Db } from '@app/database';
import type { EvidenceRequests, Exporter } from '@app/evidence';
import { incidentServices, newActor, newFlag, newPlace, type Place } from '../incidents/fixtures';
import { Footage, record } from '../incidents/footage';

export const run = promisify(execFile);

/** Drawn once: both engines and every scene show the same. */
let drawn: Promise<[Buffer, Buffer, Buffer]> | undefined;
const recordings = () =>
  (drawn ??= Promise.all([record({ seconds: 12 }), record({ seconds: 10 }), record({ seconds: 30, size: '160x90' })]));

/** A flag whose reason is in Russian: the report has to hold it. */
export const NOTE = 'Член комиссии опускает бюллетени пачкой. “Ballots, one after another” — oʻzbekcha: gʻayritabiiy.';

/** Somebody who may take evidence along and showed the second factor just now. */
export async function newExporter(db: Db, role: 'reviewer' | 'auditor' = 'reviewer'): Promise<Exporter> {
  const { user, permissions } = await newActor(db, role);
  const grant = { id: randomUUID(), role, scope: { kind: 'all' as const }, validFrom: new Date(0), validTo: null };
  return { user, permissions: [...permissions], grants: [grant], steppedUp: true };
}

export interface Scene {
  place: Place;
  /** The second camera of the station. */
  otherCamera: string;
  incident: Incident;
  /** Epoch ms of the first frame of the first camera. */
  zero: number;
  /** Of the first camera's first run, and of the other camera's only one: names below the media folder. */
  files: { first: string; other: string };
}

/**
 * A station with two cameras and a flag on seconds 3 to 25. Camera 1: twelve seconds, four without, ten more; of the last run the third
 * segment was deleted. Camera 2: thirty seconds of another size.
 */
export async function newScene(db: Db, mediaDirectory: string, where: { disk?: boolean } = {}): Promise<Scene> {
  const services = await incidentServices(db);
  const place = await newPlace(db);
  const otherCamera = randomUUID();
  await db
    .insertInto('cameras')
    .columns([
      'id',
      'station_id',
      'name',
      'position',
      'enabled',
      'source_kind',
      'source_display',
      'has_credentials',
      'source_cipher',
    ])
    .expression((eb) =>
      eb
        .selectFrom('cameras')
        .select((each) => [
          each.val(otherCamera).as('id'),
          'station_id',
          each.val('Зал').as('name'),
          each.lit(2).as('position'),
          'enabled',
          'source_kind',
          'source_display',
          'has_credentials',
          'source_cipher',
        ])
        .where('id', '=', place.cameraId),
    )
    .execute();
  const zero = Math.floor((Date.now() - 60_000) / 1000) * 1000;
  const [first, second] = [new Footage(db, place.cameraId, mediaDirectory), new Footage(db, otherCamera, mediaDirectory)];
  const [twelve, ten, thirty] = await recordings();
  const options = { hashed: true, ...where };
  const files = { first: await first.addRun(twelve, zero, options), other: '' };
  await first.addGap(zero + 12_000, 4);
  await first.addRun(ten, zero + 16_000, options);
  files.other = await second.addRun(thirty, zero, options);
  await db
    .updateTable('segments')
    .set({ chunk: null, deleted_at: new Date(zero + 40_000) })
    .where('camera_id', '=', place.cameraId)
    .where('starts_at', '=', new Date(zero + 20_000))
    .execute();
  const iso = (seconds: number): string => new Date(zero + seconds * 1000).toISOString();
  const observer = await newActor(db, 'observer');
  const times = { at: iso(8.52), from: iso(3), to: iso(25), note: NOTE };
  const flag = newFlag(place.cameraId, { ...times, clock: { pressedAt: iso(12), delayMs: 3_480 } });
  return { place, otherCamera, incident: await services.flags.flag(observer, flag), zero, files };
}

/** Waits until a package is ready or has failed. */
export async function finished(
  requests: EvidenceRequests,
  actor: Exporter,
  jobId: string,
  withinMs = 40_000,
): Promise<EvidenceJob> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const job = await requests.get(actor, jobId);
    if (job.state === 'ready' || job.state === 'failed') return job;
    if (Date.now() > deadline) throw new Error(`The package is still ${job.state} at ${job.progress} %`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Unpacks with the system's own tool. @returns the files by name */
export async function unpack(zip: string, folder: string): Promise<Map<string, Buffer>> {
  await mkdir(folder, { recursive: true });
  await run('unzip', ['-q', zip, '-d', folder]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(names.sort().map(async (name) => [name.slice(folder.length + 1), await readFile(name)] as const)),
  );
}

/** What the tests read of a package's `manifest.json`. */
export interface ManifestJson {
  cameras: {
    name: string;
    gaps: unknown[];
    segments: {
      state: string;
      path: string;
      bytes: number;
      sha256: string;
      foundSha256?: string;
      recorded: { file: string; offset: number } | null;
    }[];
  }[];
  files: { path: string; bytes: number; sha256: string }[];
}

export const manifestOf = (files: ReadonlyMap<string, Buffer>): ManifestJson =>
  JSON.parse(files.get('manifest.json')!.toString('utf8')) as ManifestJson;
