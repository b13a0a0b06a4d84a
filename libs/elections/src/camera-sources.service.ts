import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { DB, type Db } from '@app/database';
import { DomainError, SecretBox } from '@app/platform';
import { type CameraSource, parseSource } from './camera-source';
import { type SealedSource, sealSource } from './sealed-source';
import { streamKeyHash } from './stream-key';

/** The one place where sources are sealed and opened again. What it gives out is never logged and never put in a job. */
@Injectable()
export class CameraSources {
  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
    private readonly box: SecretBox,
  ) {}

  seal(cameraId: string, source: CameraSource): SealedSource {
    return sealSource(cameraId, source, this.box, this.config.rtmp.publicUrl);
  }

  /** For a result that is kept for a repeated request and holds a stream key. */
  sealText(owner: string, text: string): string {
    return this.box.seal(owner, text).toString('base64');
  }

  openText(owner: string, sealed: string): string {
    return this.box.open(owner, Buffer.from(sealed, 'base64'));
  }

  /**
   * The source of a camera with its credentials, and the settings version it belongs to.
   * @throws DomainError `camera.not-found`
   */
  async sourceOf(cameraId: string): Promise<{ source: CameraSource; settingsVersion: number }> {
    const row = await this.db
      .selectFrom('cameras')
      .select(['source_cipher', 'settings_version'])
      .where('id', '=', cameraId)
      .executeTakeFirst();
    if (!row) throw new DomainError('camera.not-found', 'There is no such camera.');
    return { source: this.open(cameraId, row.source_cipher), settingsVersion: row.settings_version };
  }

  open(cameraId: string, cipher: Buffer | null): CameraSource {
    return cipher === null ? { kind: 'push-rtmp' } : parseSource(this.box.open(cameraId, cipher));
  }

  /** The enabled camera that a stream key belongs to, or undefined: the push is refused. */
  async cameraOfKey(streamKey: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('cameras')
      .select('id')
      .where('stream_key_hash', '=', streamKeyHash(streamKey))
      .where('enabled', '=', true)
      .executeTakeFirst();
    return row?.id;
  }
}
