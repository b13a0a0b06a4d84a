import { Client } from 'pg';
import type { System } from './system';

/** Which packager process holds which camera, under which generation. */
export interface Ownership {
  cameraId: string;
  /** Name in the process list; undefined when that process is not one of the list any more. */
  packager: string | undefined;
  generation: number;
}

export async function ownerships(system: System): Promise<Ownership[]> {
  const processes = await system.processes();
  const rows = await queryDatabase<{ camera_id: string; generation: string; origin_url: string }>(
    system,
    'select l.camera_id, l.generation, p.origin_url from camera_leases l join packagers p on p.id = l.packager_id where l.expires_at > now()',
  );
  return rows.map((row) => ({
    cameraId: row.camera_id,
    generation: Number(row.generation),
    packager: processes.find((entry) => entry.name.startsWith('packager') && entry.port === Number(new URL(row.origin_url).port))
      ?.name,
  }));
}

export async function queryDatabase<T>(system: System, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: await system.databaseUrl() });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}
