import { type InputCodecs, type PackagingPlan } from './types';

/** What nearly every camera needs, and where an unknown one starts. */
export const COPY_PLAN: PackagingPlan = { video: 'copy', audio: 'copy' };

/** H.264 of these profiles (8 bit, 4:2:0) plays in every browser; High 10 and High 4:2:2 in none. */
const PLAYABLE_PROFILES = new Set(['Constrained Baseline', 'Baseline', 'Main', 'High', 'Progressive High', 'Constrained High']);

/** True when browsers play this video as it is. A profile that is not known is given the benefit of the doubt. */
export function isPlayableVideo(codec: string, profile?: string): boolean {
  return codec === 'h264' && (profile === undefined || PLAYABLE_PROFILES.has(profile));
}

/** The cheapest plan that gives H.264 and AAC. A track that is absent is planned as a copy, which costs nothing. */
export function planFor(codecs: InputCodecs): PackagingPlan {
  return {
    video: codecs.video === null || isPlayableVideo(codecs.video, codecs.videoProfile) ? 'copy' : 'transcode',
    audio: codecs.audio === null || codecs.audio === 'aac' ? 'copy' : 'aac',
  };
}

/** False when the running plan fails, shows no picture, or converts what could be copied: start again with `planFor`. */
export function planFits(plan: PackagingPlan, codecs: InputCodecs): boolean {
  const wanted = planFor(codecs);
  return (codecs.video === null || plan.video === wanted.video) && (codecs.audio === null || plan.audio === wanted.audio);
}
