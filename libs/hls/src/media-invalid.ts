/** The rule that bytes of a media pipe broke. */
export type MediaRule =
  | 'box-size'
  | 'box-too-large'
  | 'box-unexpected'
  | 'box-missing'
  | 'box-truncated'
  | 'fragment-before-init'
  | 'fragment-without-media'
  | 'track-unknown'
  | 'too-many-samples'
  | 'time-out-of-range';

/** The bytes are no fragmented MP4 that can be served. The pipe cannot be followed any further. */
export class MediaInvalid extends Error {
  constructor(
    readonly rule: MediaRule,
    detail: string,
  ) {
    super(`${rule}: ${detail}`);
    this.name = 'MediaInvalid';
  }
}
