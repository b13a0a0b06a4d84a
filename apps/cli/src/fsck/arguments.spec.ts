import { ArgumentError, parseFsckArguments } from './arguments';

const CAMERA = '0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d11';
const problemsOf = (...args: string[]): readonly string[] => {
  try {
    parseFsckArguments(args);
  } catch (error) {
    if (error instanceof ArgumentError) return error.problems;
    throw error;
  }
  return [];
};

describe(parseFsckArguments, () => {
  it('checks everything by default', () => {
    expect(parseFsckArguments([])).toEqual({ cameraId: undefined, period: undefined, repairIndex: false, json: false });
  });

  it('reads all it knows', () => {
    const period = ['--from', '2026-10-25T06:00:00Z', '--to=2026-10-25T08:00+01:00'];
    expect(parseFsckArguments(['--camera', CAMERA, ...period, '--repair-index', '--json'])).toEqual({
      cameraId: CAMERA,
      period: { fromMs: Date.UTC(2026, 9, 25, 6), toMs: Date.UTC(2026, 9, 25, 7) },
      repairIndex: true,
      json: true,
    });
  });

  it('names all problems at once', () => {
    expect(problemsOf('--camera', 'one', '--from', 'noon', '--repair', '--json=yes', 'now')).toEqual([
      '--repair is not an option of fsck',
      '--json takes no value',
      'now is not an argument of fsck',
      '--camera one is not the id of a camera',
      '--from and --to are given together',
      '--from noon is not a time like 2026-11-22T06:00:00Z or 2026-11-22T07:00+01:00',
    ]);
  });

  it('refuses a time without its zone, a missing value and a period that ends before it begins', () => {
    expect(problemsOf('--from', '2026-10-25T06:00:00', '--to', '2026-10-25T07:00:00Z')).toHaveLength(1);
    expect(problemsOf('--camera')).toEqual(['--camera needs a value']);
    expect(problemsOf('--camera', '--json')).toEqual(['--camera needs a value']);
    expect(problemsOf('--from', '2026-10-25T07:00:00Z', '--to', '2026-10-25T06:00:00Z')).toEqual(['--from is before --to']);
  });
});
