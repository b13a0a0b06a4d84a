import { chunkIn, fileOf, readChunkName, runFolder } from './chunk-name';

const CAMERA = 'a0000000-0000-4000-8000-000000000001';
const RUN = 'b0000000-0000-4000-8000-000000000002';
const file = chunkIn(runFolder(CAMERA, RUN), 12);

describe('the name of a chunk file', () => {
  it('is told by its row, and tells it', () => {
    expect(file).toBe(`${CAMERA}/${RUN}/12.m4s`);
    expect(fileOf({ camera_id: CAMERA, run_id: RUN, chunk: 12 })).toBe(file);
    expect(readChunkName(file)).toEqual({ cameraId: CAMERA, runId: RUN, chunk: 12 });
  });

  it('is that of no file where there are no bytes', () => {
    expect(fileOf({ camera_id: CAMERA, run_id: RUN, chunk: null })).toBeNull();
    expect(fileOf({ camera_id: CAMERA, run_id: null, chunk: null })).toBeNull();
  });

  it.each([
    `${CAMERA}/${RUN}/012.m4s`,
    `${CAMERA}/${RUN}/1.mp4`,
    `${CAMERA}/r/1.m4s`,
    `/${file}`,
    `${file}\n`,
    `${CAMERA}/1.m4s`,
  ])('is not %j', (name) => {
    expect(readChunkName(name)).toBeUndefined();
  });
});
