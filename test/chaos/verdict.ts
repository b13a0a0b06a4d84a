import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { createDatabase } from '@app/database';
import type { FsckReport } from '@app/recordings';
import type { Witness } from './witness';

const ON_RECORD_MS = 30_000;
const CLI = join(__dirname, '..', '..', 'apps', 'cli', 'src', 'main.js');

/** Compares what was told with what is on record. @returns each difference, in words. */
export async function missingOnRecord(databaseUrl: string, witness: Witness): Promise<string[]> {
  const db = createDatabase(databaseUrl, { maxConnections: 2, onIdleError: () => undefined });
  try {
    const deadline = Date.now() + ON_RECORD_MS;
    for (;;) {
      const problems: string[] = [];
      for (const [cameraId, told] of witness.acknowledged) {
        const rows = await db
          .selectFrom('segments')
          .select(['media_sequence', 'kind', 'sha256'])
          .where('camera_id', '=', cameraId)
          .execute();
        const bySequence = new Map(rows.map((row) => [row.media_sequence, row]));
        for (const { mediaSequence, sha256 } of told.values()) {
          const row = bySequence.get(mediaSequence);
          const name = `camera ${cameraId}: media sequence ${mediaSequence} was listed`;
          if (!row) problems.push(`${name} and is not on record`);
          else if (row.kind !== 'media') problems.push(`${name} and is a gap on record`);
          else if (sha256 !== undefined && row.sha256?.toString('hex') !== sha256) problems.push(`${name} with other bytes`);
        }
      }
      if (problems.length === 0 || Date.now() > deadline) return problems;
      await delay(1_000);
    }
  } finally {
    await db.destroy();
  }
}

/** Of a system that is stopped. */
export async function fsck(dataDirectory: string, period: { from: Date; to: Date }): Promise<FsckReport> {
  const args = ['fsck', '--json', '--from', period.from.toISOString(), '--to', period.to.toISOString()];
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, POLLGLASS_DATA: dataDirectory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [report] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(report) as FsckReport;
}
