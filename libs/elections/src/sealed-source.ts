import type { PushTarget } from '@app/contracts';
import type { NewRow } from '@app/database';
import type { SecretBox } from '@app/platform';
import { type CameraSource, viewOf } from './camera-source';
import { newStreamKey, streamKeyHash } from './stream-key';

type SourceColumns = Pick<
  NewRow<'cameras'>,
  'source_kind' | 'source_display' | 'has_credentials' | 'source_cipher' | 'stream_key_hash'
>;

export interface SealedSource {
  columns: SourceColumns;
  /** For a pushed camera: where it sends to, known only now. */
  push: PushTarget | undefined;
}

/** Parts a source into what staff may see and what is sealed or hashed. A pushed camera gets a new key here. */
export function sealSource(cameraId: string, source: CameraSource, box: SecretBox, rtmpUrl: string): SealedSource {
  const { kind, display, hasCredentials } = viewOf(source);
  const shown = { source_kind: kind, source_display: display, has_credentials: hasCredentials };
  if (source.kind === 'push-rtmp') {
    const streamKey = newStreamKey();
    return {
      columns: { ...shown, source_cipher: null, stream_key_hash: streamKeyHash(streamKey) },
      push: { url: rtmpUrl, streamKey },
    };
  }
  return { columns: { ...shown, source_cipher: box.seal(cameraId, source.url), stream_key_hash: null }, push: undefined };
}
