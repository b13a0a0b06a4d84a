import { COPY_PLAN, planFits, planFor } from './plan';

describe('planFor', () => {
  it.each([
    [
      { video: 'h264', videoProfile: 'High', audio: 'aac' },
      { video: 'copy', audio: 'copy' },
    ],
    [
      { video: 'h264', audio: null },
      { video: 'copy', audio: 'copy' },
    ],
    [
      { video: 'h264', videoProfile: 'Main', audio: 'pcm_alaw' },
      { video: 'copy', audio: 'aac' },
    ],
    [
      { video: 'h264', videoProfile: 'High 4:2:2', audio: 'aac' },
      { video: 'transcode', audio: 'copy' },
    ],
    [
      { video: 'hevc', videoProfile: 'Main', audio: 'opus' },
      { video: 'transcode', audio: 'aac' },
    ],
    [
      { video: 'mjpeg', audio: 'aac_latm' },
      { video: 'transcode', audio: 'aac' },
    ],
  ] as const)('%j', (codecs, plan) => {
    expect(planFor(codecs)).toEqual(plan);
    expect(planFits(plan, codecs)).toBe(true);
  });

  it('does not let a camera that went back to H.264 be transcoded for ever', () => {
    expect(planFits({ video: 'transcode', audio: 'copy' }, { video: 'h264', audio: 'aac' })).toBe(false);
  });

  it('is content with any plan for a track that is not there', () => {
    expect(planFits({ video: 'copy', audio: 'aac' }, { video: 'h264', audio: null })).toBe(true);
    expect(planFits(COPY_PLAN, { video: null, audio: 'aac' })).toBe(true);
  });
});
