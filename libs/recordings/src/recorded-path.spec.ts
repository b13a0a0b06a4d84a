import { readRecordedPath } from './recorded-path';

const CAMERA = '0f8fad5b-d9cb-469f-a165-70867728950e';
const RUN = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe(readRecordedPath, () => {
  it('reads the addresses that lists name', () => {
    expect(readRecordedPath(`/hls/${CAMERA}/rec/12.m4s`)).toEqual({ cameraId: CAMERA, kind: 'segment', mediaSequence: 12 });
    expect(readRecordedPath(`/hls/${CAMERA}/rec/${RUN}/init.mp4`)).toEqual({ cameraId: CAMERA, kind: 'init', runId: RUN });
  });

  it.each([
    `/hls/${CAMERA}/rec/012.m4s`,
    `/hls/${CAMERA}/rec/-1.m4s`,
    `/hls/${CAMERA}/rec/9999999999999999.m4s`,
    `/hls/${CAMERA}/rec/12.m4s/`,
    `/hls/${CAMERA}/rec/../seg/12.m4s`,
    `/hls/${CAMERA}/rec/%2e%2e/secret.key`,
    `/hls/${CAMERA}/rec/${RUN}/0.m4s`,
    `/hls/${CAMERA}/rec//${RUN}/init.mp4`,
    `/hls/${CAMERA.toUpperCase()}/rec/12.m4s`,
    `/hls/${CAMERA}/gap/12.m4s`,
    '/hls/rec/12.m4s',
    '',
  ])('finds nothing at %s', (path) => {
    expect(readRecordedPath(path)).toBeUndefined();
  });
});
