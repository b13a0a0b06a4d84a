import type { CameraState } from '@app/contracts';
import type { PlayerState } from '../player/snapshot';
import { t } from '../words';
import { cameraBadge } from './camera-words';

/** What covers the video: nothing, words over the last picture, or words instead of a picture. */
export type Cover =
  | { kind: 'none' }
  | { kind: 'play' }
  | { kind: 'over'; title: string; detail: string | null }
  | { kind: 'instead'; title: string; detail: string | null };

/** A stall shorter than this is not worth words. */
const PATIENCE_MS = 2500;

/**
 * What a viewer is told in place of a picture that does not move. The player knows first that nothing comes,
 * the camera's state knows why.
 */
export const coverOf = (player: PlayerState, camera: CameraState, now: number, timezone: string): Cover => {
  if (player.kind === 'playing' || player.kind === 'paused') return { kind: 'none' };
  if (player.kind === 'needs-tap') return { kind: 'play' };
  if (player.kind === 'unsupported')
    return { kind: 'instead', title: t('station:cover.unsupported'), detail: t('station:cover.unsupportedDetail') };
  const badge = cameraBadge(camera, now, timezone);
  const away = badge.tone === 'down' || badge.tone === 'off' || badge.tone === 'wait';
  if (player.kind === 'waiting') {
    if (away) return { kind: 'over', title: badge.label, detail: badge.reason };
    if (now - player.since < PATIENCE_MS) return { kind: 'none' };
    return { kind: 'over', title: t('station:cover.waiting'), detail: t('station:cover.waitingDetail') };
  }
  if (away) return { kind: 'instead', title: badge.label, detail: badge.reason };
  if (player.kind === 'rebuilding')
    return { kind: 'instead', title: t('station:cover.rebuilding'), detail: t(`station:cover.rebuildingAfter.${player.reason}`) };
  return { kind: 'instead', title: t('station:cover.connecting'), detail: null };
};
