import { readMediaPath } from './media-path';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('paths of media', () => {
  it.each([
    [`/hls/${ID}/live.m3u8`, { cameraId: ID, kind: 'playlist' }],
    [`/hls/${ID}/still.jpg`, { cameraId: ID, kind: 'still' }],
    [`/hls/${ID}/init/${ID}.mp4`, { cameraId: ID, kind: 'init', runId: ID }],
    [`/hls/${ID}/seg/0.m4s`, { cameraId: ID, kind: 'segment', mediaSequence: 0 }],
    [`/hls/${ID}/part/12.3.m4s`, { cameraId: ID, kind: 'part', mediaSequence: 12, index: 3 }],
  ])('%s is read', (path, expected) => {
    expect(readMediaPath(path)).toEqual(expected);
  });

  it.each([
    `/hls/${ID}/..%2f..%2fsecret.key`,
    `/hls/${ID}/../${ID}/live.m3u8`,
    `/hls/..%2f${ID}/live.m3u8`,
    `/hls/${ID}/seg/..%2f1.m4s`,
    `/hls/${ID}/seg/01.m4s`,
    `/hls/${ID}/seg/-1.m4s`,
    `/hls/${ID}/seg/1e3.m4s`,
    `/hls/${ID}/seg/1.m4s/`,
    `/hls/${ID}/seg/1.m4s%00`,
    `/hls/${ID}//live.m3u8`,
    `//hls/${ID}/live.m3u8`,
    `/hls/${ID.toUpperCase()}/live.m3u8`,
    `/hls/${ID}/gap/1.m4s`,
    `/hls/${ID}/init/secret.mp4`,
    `/hls/${ID}/live.m3u8%3f`,
    '/hls/',
    '',
  ])('%s is nothing', (path) => {
    expect(readMediaPath(path)).toBeUndefined();
  });
});
