import { newSample, sealed } from '../../../testing/src/evidence-sample';
import { byPath, checksumLines, jsonText } from './manifest';
import { initName, packageFileName, segmentName, stillName, workingCopyName } from './package-names';

describe('the manifest', () => {
  const manifest = () => sealed(newSample()).get('manifest.json')!.toString();

  it('is the same text for the same case, with files in the order of their names however they were made', () => {
    const [sample, other] = [newSample(), newSample()];
    other.files = new Map([...other.files].reverse());
    expect(sealed(other).get('manifest.json')!.equals(sealed(sample).get('manifest.json')!)).toBe(true);
    const { files } = JSON.parse(manifest());
    expect(files).toEqual([...files].sort(byPath));
  });

  it('says of a segment where the recording has it, and its time', () => {
    const { cameras } = JSON.parse(manifest());
    expect(cameras[0].segments[1]).toEqual({
      mediaSequence: 101,
      run: expect.any(String),
      from: '2026-10-25T09:00:02.000Z',
      to: '2026-10-25T09:00:04.000Z',
      state: 'original',
      path: expect.stringMatching(/000000101\.m4s$/),
      bytes: 501,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      recorded: { file: 'c/r/0.m4s', offset: 600 },
    });
    expect(cameras[0].segments[0].leadIn).toBe(true);
  });

  it('keeps the hash of footage that was deleted', () => {
    const sample = newSample();
    const { row } = sample.camera.segments[2]!;
    const deletedAt = Date.parse('2026-11-01T00:00:00.000Z');
    sample.camera.segments[2] = {
      row: { ...row, file: null, offset: null, deletedAt },
      fate: { state: 'deleted' },
      isLeadIn: false,
    };
    const { cameras } = JSON.parse(sealed(sample).get('manifest.json')!.toString());
    expect(cameras[0].segments[2]).toMatchObject({
      state: 'deleted',
      sha256: row.sha256,
      recorded: null,
      deletedAt: '2026-11-01T00:00:00.000Z',
    });
    expect(cameras[0].segments[2].path).toBeUndefined();
  });
});

describe('the lists', () => {
  it('are in the form that sha256sum reads, sorted by bytes', () => {
    const [a, b] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
    expect(
      checksumLines([
        { path: 'b.txt', bytes: 1, sha256: b },
        { path: 'B.txt', bytes: 1, sha256: a },
      ]),
    ).toBe(`${a}  B.txt\n${b}  b.txt\n`);
  });

  it('are JSON that a person can read, with one line break at the end', () => {
    expect(jsonText({ a: ['Ё'] })).toBe('{\n  "a": [\n    "Ё"\n  ]\n}\n');
  });
});

describe('the names', () => {
  it('are ASCII, sort by number, and say what they are', () => {
    const names = [
      initName(1, '0b6d'),
      segmentName(2, '0b6d', 7),
      workingCopyName(1, undefined),
      workingCopyName(1, 2),
      stillName(1, Date.parse('2026-10-25T09:00:03.250Z')),
    ];
    expect(names).toEqual([
      'footage/camera-1/0b6d/init.mp4',
      'footage/camera-2/0b6d/000000007.m4s',
      'working-copies/camera-1-WORKING-COPY-not-evidence.mp4',
      'working-copies/camera-1-part-2-WORKING-COPY-not-evidence.mp4',
      'stills/camera-1-2026-10-25T09-00-03.250Z.jpg',
    ]);
    expect(segmentName(1, 'r', 99) < segmentName(1, 'r', 100)).toBe(true);
  });

  it.each([
    ['0412', 'evidence-0412-incident-7.zip'],
    ['NOR-17/3', 'evidence-NOR-17-3-incident-7.zip'],
    ['a"b', 'evidence-a-b-incident-7.zip'],
  ])('of the download hold nothing that a header or a disk would not (%s)', (stationCode, name) => {
    expect(packageFileName({ number: 7, stationCode })).toBe(name);
  });
});
