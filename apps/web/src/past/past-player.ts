import type { Player } from '../player/snapshot';
import { ArchiveTile } from './archive-tile';
import { EMPTY_RECORD, type CameraRecord } from './day-record';
import { EarlyGaps, type EarlyLook } from './early-gaps';
import type { PastSnapshot } from './past-snapshot';
import { advance, isGathered, isPlayable, presenceOf, steer, type Presence } from './sync';
import { TilePlayer } from './tile-player';

const TICK_MS = 100;
const PUBLISH_MS = 250;
/** Those that can go on do not wait longer for one that cannot. */
const GATHER_MS = 3000;
/** What a picture that has to be fetched is behind the clock when it comes. */
const SEEK_LEAD_MS = 200;

/** What is on record, and when that was read (epoch ms by the server's clock). */
export interface Knowledge {
  records: ReadonlyMap<string, CameraRecord>;
  readAt: number;
}

type Look = EarlyLook & { tile: ArchiveTile };

/** Plays the record of a station: all of its cameras at one moment of the wall clock. Ends with `destroy()`. */
export class PastPlayer {
  private clock: number;
  private isPlaying = true;
  private gatheringSince: number;
  private readonly tiles = new Map<string, ArchiveTile>();
  private readonly players = new Map<string, TilePlayer>();
  private readonly earlyGaps = new EarlyGaps();
  private readonly listeners = new Set<() => void>();
  private snapshot: PastSnapshot;
  private readonly timer: number;
  private tickedAt = performance.now();
  private publishedAt = 0;

  constructor(
    at: number,
    private knowledge: Knowledge,
  ) {
    this.clock = at;
    this.gatheringSince = performance.now();
    this.snapshot = { at, isPlaying: true, presences: new Map() };
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): PastSnapshot => this.snapshot;

  /** The moment that is shown now, also where a camera has no footage of it. */
  get now(): number {
    return this.clock;
  }

  know(knowledge: Knowledge): void {
    this.knowledge = knowledge;
  }

  /** One camera, as what stands around its picture knows it; also before it has a picture. */
  playerOf(cameraId: string): Player {
    const known = this.players.get(cameraId);
    if (known) return known;
    const player = new TilePlayer(cameraId, this);
    this.players.set(cameraId, player);
    return player;
  }

  tileOf(cameraId: string): ArchiveTile | undefined {
    return this.tiles.get(cameraId);
  }

  addTile(cameraId: string, video: HTMLVideoElement, still: HTMLCanvasElement | null): void {
    this.tiles.set(cameraId, new ArchiveTile(cameraId, video, still));
    this.tick();
  }

  removeTile(cameraId: string): void {
    this.tiles.get(cameraId)?.destroy();
    this.tiles.delete(cameraId);
  }

  seek(at: number): void {
    this.clock = at;
    this.gatheringSince = performance.now();
    this.earlyGaps.clear();
    for (const tile of this.tiles.values()) if (isPlayable(this.presenceAt(tile.cameraId, at))) tile.show(at);
    this.publish();
  }

  play(): void {
    this.isPlaying = true;
    this.tick();
  }

  pause(): void {
    this.isPlaying = false;
    this.tick();
  }

  destroy(): void {
    window.clearInterval(this.timer);
    this.listeners.clear();
    for (const cameraId of [...this.tiles.keys()]) this.removeTile(cameraId);
  }

  private tick(): void {
    const at = performance.now();
    const looks = [...this.tiles.values()].map((tile) => this.look(tile));
    if (isGathered(this.clock, looks) || at - this.gatheringSince > GATHER_MS) this.gatheringSince = -Infinity;
    const isMoving = this.isPlaying && this.gatheringSince === -Infinity && looks.length > 0;
    for (const look of looks) look.presence = this.earlyGaps.note(look, this.clock, isMoving, at);
    if (isMoving) this.clock = advance(this.clock, looks, at - this.tickedAt);
    this.tickedAt = at;
    for (const look of looks) this.order(look, isMoving);
    if (at - this.publishedAt >= PUBLISH_MS) this.publish();
  }

  private look(tile: ArchiveTile): Look {
    return {
      tile,
      cameraId: tile.cameraId,
      presence: this.presenceAt(tile.cameraId, this.clock),
      shownAt: tile.shownAt,
      isSeeking: tile.isSeeking,
      holeSeconds: tile.holeSeconds,
    };
  }

  private presenceAt(cameraId: string, at: number): Presence {
    const gap = this.earlyGaps.at(cameraId, at);
    if (gap) return { kind: 'gap', gap };
    const record = this.knowledge.records.get(cameraId) ?? EMPTY_RECORD;
    return presenceOf(record, at, this.knowledge.readAt);
  }

  private order(look: Look, isMoving: boolean): void {
    const { tile } = look;
    const order = steer(this.clock, isMoving, look);
    const lead = isMoving ? SEEK_LEAD_MS : 0;
    const isStuck = look.holeSeconds !== null && tile.isBehind(this.clock);
    if (order.kind === 'seek' || (order.kind === 'wait' && (isStuck || !tile.isLoading))) tile.show(this.clock + lead);
    else if (order.kind === 'play' && tile.needsNext(this.clock)) tile.show(this.clock + lead);
    else if (order.kind === 'play') tile.play(order.rate);
    else if (order.kind === 'pause' || order.kind === 'cover') tile.pause();
  }

  private publish(): void {
    this.publishedAt = performance.now();
    const presences = new Map([...this.tiles.keys()].map((id) => [id, this.presenceAt(id, this.clock)] as const));
    this.snapshot = { at: this.clock, isPlaying: this.isPlaying, presences };
    for (const player of this.players.values()) player.renew(this.snapshot);
    for (const listener of this.listeners) listener();
  }
}
