import type { ServerResponse } from 'node:http';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { DISK_LEVELS } from '@app/contracts';
import { usedShare } from '@app/platform';
import type { Packagings, RowWriter, StartGate, StorageGuard, StorageUpkeep } from '@app/streams';

export interface MeasuredParts {
  packagings: Packagings;
  rows: RowWriter;
  gate: StartGate;
  storage: StorageUpkeep;
  guard: StorageGuard;
}

/** What a packager tells of itself to Prometheus. Read when asked; costs nothing in between. */
export class PackagerMetrics {
  private readonly registry = new Registry();

  constructor({ packagings, rows, gate, storage, guard }: MeasuredParts) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, read: (gauge: Gauge) => void | Promise<void>): Gauge =>
      new Gauge({
        name: `pollglass_packager_${name}`,
        help,
        registers: [this.registry],
        collect() {
          return read(this);
        },
      });
    const sum = (of: (figures: { restarts: number; bytesIn: number }) => number): number =>
      [...packagings.all()].reduce((total, camera) => total + of(camera.figures), 0);
    gauge('cameras', 'Cameras this packager owns.', (self) => self.set(packagings.size));
    gauge('cameras_live', 'Cameras that are live.', (self) =>
      self.set([...packagings.all()].filter((camera) => camera.status.state === 'live').length),
    );
    gauge('capacity', 'Cameras it takes at most.', (self) => self.set(packagings.capacity));
    gauge('bytes_in', 'Bytes of media from ffmpeg, of the cameras owned now.', (self) =>
      self.set(sum((figures) => figures.bytesIn)),
    );
    gauge('restarts', 'Connections that ended, of the cameras owned now.', (self) =>
      self.set(sum((figures) => figures.restarts)),
    );
    gauge('rows_unwritten', 'Rows that wait for the database.', (self) => self.set(rows.queuedRows));
    gauge('rows_spooled', 'Of these, rows in the spool on disk.', (self) => self.set(rows.spooledRows));
    gauge('rows_lost', 'Rows given up while neither the database nor the spool took them.', (self) => self.set(rows.lostRows));
    gauge('starts_waiting', 'Cameras that wait for their turn to connect.', (self) => self.set(gate.waiting));
    // What cannot be told is not a number: no alarm should take it for none.
    gauge('disk_free_bytes', 'Bytes that may still be written where the recording lies.', async (self) =>
      self.set((await storage.disk())?.figures.freeBytes ?? NaN),
    );
    gauge('disk_total_bytes', 'Bytes used and free where the recording lies.', async (self) => {
      const figures = (await storage.disk())?.figures;
      self.set(figures ? figures.freeBytes + figures.usedBytes : NaN);
    });
    gauge('disk_used_ratio', 'Used share of the disk where the recording lies, 0 to 1.', async (self) => {
      const figures = (await storage.disk())?.figures;
      self.set(figures ? usedShare(figures) : NaN);
    });
    gauge('disk_level', 'How full that disk is: 0 enough, 1 filling, 2 short, 3 critical, 4 full.', async (self) => {
      const level = (await storage.disk())?.level;
      self.set(level ? DISK_LEVELS.indexOf(level) : NaN);
    });
    gauge('disk_level_since_seconds', 'When it came to that level, unix time.', async (self) => {
      const since = (await storage.disk())?.since;
      self.set(since ? since.getTime() / 1000 : NaN);
    });
    gauge('disk_stuck', '1 while the disk is short and nothing more may go: what is left is held, or being watched.', (self) =>
      self.set(storage.report?.isStuck ? 1 : 0),
    );
    gauge('shed_sheets', 'Scrub sheets deleted to make room, since the disk last had room.', (self) =>
      self.set(storage.shedNow.sheets),
    );
    gauge('shed_files', 'Files of footage that left this disk before their time, since the disk last had room.', (self) =>
      self.set(storage.shedNow.files),
    );
    gauge('shed_bytes', 'Bytes of both.', (self) => self.set(storage.shedNow.bytes));
    gauge('storage_refused', '1 while nothing may be recorded: the disk is full, or its volume is not mounted.', (self) =>
      self.set(guard.refusal === undefined ? 0 : 1),
    );
    gauge('storage_failures', 'Runs that the disk ended: it failed, was full, or did not give back what was written.', (self) =>
      self.set(guard.failedRuns),
    );
    gauge('held_bytes', 'Bytes of the whole recording that holds keep from being deleted.', (self) =>
      self.set(storage.heldBytes ?? NaN),
    );
    this.copies(gauge, storage);
  }

  private copies(gauge: (name: string, help: string, read: (gauge: Gauge) => void) => Gauge, { copies }: StorageUpkeep): void {
    if (!copies) return;
    const { counts } = copies;
    gauge('copies_waiting', 'Closed chunk files that are not in the storage yet.', (self) => self.set(copies.waitingFiles));
    gauge('copies_stored', 'Chunk files copied to the storage and verified there.', (self) => self.set(counts.uploaded));
    gauge('copies_failed', 'Tries to copy a chunk file that failed.', (self) => self.set(counts.failed));
    gauge('copies_mismatched', 'Copies or chunk files with other bytes than were recorded. Somebody has to look.', (self) =>
      self.set(counts.mismatched),
    );
  }

  async send(response: ServerResponse): Promise<void> {
    const text = await this.registry.metrics();
    response.writeHead(200, { 'Content-Type': this.registry.contentType, 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  }
}
