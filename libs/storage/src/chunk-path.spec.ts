import { chunkPath, readChunkPath } from './chunk-path';

const CAMERA = 'a0000000-0000-4000-8000-000000000001';
const RUN = 'b0000000-0000-4000-8000-000000000002';

describe(readChunkPath.name, () => {
  it('gives back what a path was made of', () => {
    const file = `${CAMERA}/${RUN}/12.m4s`;
    expect(readChunkPath(chunkPath(file))).toBe(file);
  });

  it.each([
    `/chunks/${CAMERA}/../${RUN}/0.m4s`,
    `/chunks/${CAMERA}/${RUN}/%2e%2e/secret.key`,
    `/chunks//${CAMERA}/${RUN}/0.m4s`,
    `/chunks/${CAMERA}/${RUN}/00.m4s`,
    `/chunks/${CAMERA}/${RUN}/0.mp4`,
    `/chunks/${CAMERA}/${RUN}/0.m4s/`,
    `/hls/${CAMERA}/${RUN}/0.m4s`,
  ])('knows no file at %s', (path) => {
    expect(readChunkPath(path)).toBeUndefined();
  });
});
