import { join } from 'node:path';
import type { Config } from '@app/config';
import type { Db, Tx } from '@app/database';
import { parseSource, sealSource } from '@app/elections';
import { loadSecretKey, SecretBox } from '@app/platform';
import { type SimulatedCamera, readPlan, writePlan } from '@app/simulator';
import { createDemoElection, type DemoCamera, moveToToday } from './demo-election';
import { kindOf, movedTo, portKey, pulledCamera, pushingCamera, sourceOf } from './demo-plan';
import { newPort, openPort } from './ports';

export interface DemoDeps {
  db: Db;
  config: Config;
  /** Whether the ffmpeg found can receive SRT. */
  hasSrt: boolean;
}

export const planFileOf = (config: Config): string => join(config.dataDirectory, 'demo-cameras.json');

/** Makes the demo election and the plan of its simulated cameras: both or neither. */
export async function seedDemo({ db, config, hasSrt }: DemoDeps): Promise<void> {
  const box = new SecretBox(await loadSecretKey(config));
  await db.transaction().execute(async (tx) => {
    const wanted = await createDemoElection(tx, new Date());
    const taken = new Set([config.http.port, config.rtmp.port]);
    const rtspPort = await newPort('tcp', taken);
    const simulated: SimulatedCamera[] = [];
    for (const [index, camera] of wanted.entries()) {
      const kind = kindOf(index, hasSrt);
      if (kind === 'rtmp-push') {
        simulated.push(await insertPushed(tx, camera, box, config));
        continue;
      }
      const pulled = pulledCamera(kind, camera, kind === 'rtsp' ? rtspPort : await newPort('udp', taken));
      await insertCamera(tx, camera, sealSource(camera.id, parseSource(sourceOf(pulled)), box, config.rtmp.publicUrl).columns);
      simulated.push(pulled);
    }
    await writePlan(planFileOf(config), { cameras: simulated });
  });
}

/**
 * Makes the demo of an earlier start fit this one: its day is today, and its cameras are where they can be. Ports that
 * something else has taken meanwhile are changed, in the plan and in the sources that were made from it.
 */
export async function resumeDemo({ db, config }: DemoDeps): Promise<void> {
  await moveToToday(db, new Date());
  const plan = await readPlan(planFileOf(config));
  const rows = await db.selectFrom('cameras').select('id').execute();
  const existing = new Set(rows.map((row) => row.id));
  const kept = plan.cameras.filter((camera) => existing.has(camera.cameraId));
  const newPorts = await replacements(kept, config);
  const box = new SecretBox(await loadSecretKey(config));
  const cameras: SimulatedCamera[] = [];
  await db.transaction().execute(async (tx) => {
    for (const camera of kept) {
      const moved = movedTo(camera, config.rtmp.port, newPorts);
      cameras.push(moved);
      if (moved.kind !== 'rtmp-push' && camera.kind !== 'rtmp-push' && moved.port !== camera.port)
        await replaceSource(tx, camera.cameraId, sourceOf(camera), sourceOf(moved), box);
    }
    await writePlan(planFileOf(config), { cameras });
  });
}

async function replacements(cameras: readonly SimulatedCamera[], config: Config): Promise<Map<string, number>> {
  const taken = new Set([
    config.http.port,
    config.rtmp.port,
    ...cameras.flatMap((camera) => ('port' in camera ? camera.port : [])),
  ]);
  const found = new Map<string, number>();
  const checked = new Set<string>();
  for (const camera of cameras) {
    if (camera.kind === 'rtmp-push' || checked.has(portKey(camera))) continue;
    checked.add(portKey(camera));
    const protocol = camera.kind === 'rtsp' ? 'tcp' : 'udp';
    if ((await openPort(protocol, camera.port)) === undefined) found.set(portKey(camera), await newPort(protocol, taken));
  }
  return found;
}

/** Leaves a camera alone that an operator has given another source meanwhile. */
async function replaceSource(tx: Tx, cameraId: string, before: string, after: string, box: SecretBox): Promise<void> {
  const row = await tx.selectFrom('cameras').select('source_cipher').where('id', '=', cameraId).executeTakeFirst();
  if (!row?.source_cipher || box.open(cameraId, row.source_cipher) !== before) return;
  const { columns } = sealSource(cameraId, parseSource(after), box, '');
  await tx
    .updateTable('cameras')
    .set((eb) => ({ ...columns, settings_version: eb('settings_version', '+', 1) }))
    .where('id', '=', cameraId)
    .execute();
}

async function insertPushed(tx: Tx, camera: DemoCamera, box: SecretBox, config: Config): Promise<SimulatedCamera> {
  const { columns, push } = sealSource(camera.id, { kind: 'push-rtmp' }, box, config.rtmp.publicUrl);
  if (!push) throw new Error('A pushed camera has no stream key');
  await insertCamera(tx, camera, columns);
  return pushingCamera(camera, config.rtmp.port, push.streamKey);
}

async function insertCamera(tx: Tx, camera: DemoCamera, columns: ReturnType<typeof sealSource>['columns']): Promise<void> {
  const { id, stationId: station_id, name, position } = camera;
  await tx
    .insertInto('cameras')
    .values({ id, station_id, name, position, enabled: true, ...columns })
    .execute();
}
