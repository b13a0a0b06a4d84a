import { readLocal, writeLocal } from '../api/session-hint';
import { wallViewOf, type WallView } from './wall-view';

const keyOf = (userId: string): string => `pollglass.wall.${userId}`;

/** The wall that somebody had last on this device. */
export const keptWall = (userId: string): WallView => {
  const kept = readLocal(keyOf(userId));
  if (kept === null) return {};
  try {
    const found: unknown = JSON.parse(kept);
    return typeof found === 'object' && found !== null ? wallViewOf(found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

export const keepWall = (userId: string, view: WallView): void => writeLocal(keyOf(userId), JSON.stringify(view));
