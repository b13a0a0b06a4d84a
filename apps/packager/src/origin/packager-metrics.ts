import type { ServerResponse } from 'node:http';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { Packagings, RowWriter, StartGate } from '@app/streams';

/** What a packager tells of itself to Prometheus. Read when asked; costs nothing in between. */
export class PackagerMetrics {
  private readonly registry = new Registry();

  constructor(packagings: Packagings, rows: RowWriter, gate: StartGate) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, read: (gauge: Gauge) => void): Gauge =>
      new Gauge({
        name: `pollglass_packager_${name}`,
        help,
        registers: [this.registry],
        collect() {
          read(this);
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
    gauge('rows_lost', 'Rows given up while the database was away.', (self) => self.set(rows.lostRows));
    gauge('starts_waiting', 'Cameras that wait for their turn to connect.', (self) => self.set(gate.waiting));
  }

  async send(response: ServerResponse): Promise<void> {
    const text = await this.registry.metrics();
    response.writeHead(200, { 'Content-Type': this.registry.contentType, 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  }
}
