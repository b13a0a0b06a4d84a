import { Readable } from 'node:stream';
import { at, type Files, newSample, sealed, withChecksums } from '../../../../libs/testing/src/evidence-sample';
import type { Bundle } from './bundle';
import { checkPackage } from './check-package';
import { Malformed } from './malformed';

const check = (files: Files) => checkPackage(bundleOf(files));
const segment = (index: number): string => [...newSample().files.keys()].filter((name) => name.endsWith('.m4s'))[index]!;

/** As a forger would: all lists are made to fit again. */
function manifestChanged(files: Files, change: (manifest: { incident: { code: string } }) => void): Files {
  const manifest = JSON.parse(files.get('manifest.json')!.toString()) as { incident: { code: string } };
  change(manifest);
  return withChecksums(new Map([...files, ['manifest.json', Buffer.from(JSON.stringify(manifest))]]));
}

describe(checkPackage, () => {
  it('verifies a package as it was made', async () => {
    const verdict = await check(sealed(newSample()));
    expect(verdict).toMatchObject({ kind: 'verified', alterations: [], declared: [], undeclared: [] });
    expect(verdict.manifestSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds every flipped bit, and names the file', async () => {
    for (let round = 0; round < 200; round += 1) {
      const files = sealed(newSample());
      const name = segment(round % 6);
      const bytes = Buffer.from(files.get(name)!);
      bytes[(round * 7919) % bytes.length]! ^= 1 << (round % 8);
      const verdict = await check(files.set(name, bytes));
      expect([round, verdict.kind, verdict.alterations]).toEqual([round, 'altered', [`${name} was altered`]]);
    }
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0])])],
    ['empty', () => Buffer.alloc(0)],
  ])('finds a segment that is %s', async (_, change) => {
    const files = sealed(newSample());
    expect(await check(files.set(segment(2), change(files.get(segment(2))!)))).toMatchObject({ kind: 'altered' });
  });

  it('finds two segments that changed places, and an init segment of another', async () => {
    const files = sealed(newSample());
    const [one, other] = [files.get(segment(1))!, files.get(segment(2))!];
    const swapped = withChecksums(new Map([...files, [segment(1), other], [segment(2), one]]));
    expect((await check(swapped)).alterations).toEqual([`${segment(1)} was altered`, `${segment(2)} was altered`]);
    const init = [...files.keys()].find((name) => name.endsWith('init.mp4'))!;
    const exchanged = withChecksums(new Map([...files, [init, Buffer.from('another')]]));
    expect((await check(exchanged)).alterations).toEqual([`${init} was altered`]);
  });

  it('finds a file that is missing and one that was added', async () => {
    const files = sealed(newSample());
    files.delete(segment(3));
    expect((await check(files)).alterations).toEqual([`${segment(3)} is missing`]);
    const more = sealed(newSample()).set('footage/extra.m4s', Buffer.from('x'));
    expect((await check(more)).alterations).toEqual([
      'footage/extra.m4s does not belong to the package',
      'footage/extra.m4s is not in manifest.json',
    ]);
    expect((await check(withChecksums(more))).alterations).toEqual(['footage/extra.m4s is not in manifest.json']);
  });

  it('finds a manifest that was written anew after the export', async () => {
    const forged = manifestChanged(sealed(newSample()), (manifest) => (manifest.incident.code = 'OTH-00'));
    expect((await check(forged)).alterations).toEqual(['manifest.json is not the one that was exported']);
  });

  it('tells declared gaps and deleted footage from a package without', async () => {
    const sample = newSample();
    const [gone] = sample.camera.segments.splice(5, 1);
    sample.files.delete(segment(5));
    sample.camera.gaps.push({ from: gone!.row.startsAt, to: gone!.row.startsAt + 2_000, cause: 'disk-full' });
    sample.camera.segments[3]!.fate = { state: 'deleted' };
    sample.files.delete(segment(3));
    expect(await check(sealed(sample))).toMatchObject({
      kind: 'declared-gaps',
      declared: [
        { camera: 'camera 1', from: Date.parse(at(6)), to: Date.parse(at(8)), why: 'segment 103 is deleted' },
        { camera: 'camera 1', from: Date.parse(at(10)), to: Date.parse(at(12)), why: 'disk-full' },
      ],
    });
  });

  it.each([
    ['in the middle', 3, 6, 8],
    ['at the end', 5, 10, 12],
  ])('finds a segment that was left out of every list %s, with its time', async (_, index, from, to) => {
    const sample = newSample();
    sample.camera.segments.splice(index, 1);
    sample.files.delete(segment(index));
    const { kind, undeclared } = await check(sealed(sample));
    expect(kind).toBe('undeclared-gap');
    expect(undeclared[0]).toMatchObject({ from: Date.parse(at(from)), to: Date.parse(at(to)), why: 'neither footage nor a gap' });
  });

  it('finds numbers left out although the times were stretched over them', async () => {
    const sample = newSample();
    sample.camera.segments.splice(3, 1);
    sample.files.delete(segment(3));
    const row = sample.camera.segments[2]!.row;
    sample.camera.segments[2]!.row = { ...row, durationMs: 4_000 };
    const { kind, undeclared } = await check(sealed(sample));
    expect([kind, undeclared.map(({ why }) => why)]).toEqual([
      'undeclared-gap',
      ['segments 103 to 103 of the run are not named'],
    ]);
  });

  it('finds segments out of order', async () => {
    const sample = newSample();
    sample.camera.segments.reverse();
    expect((await check(sealed(sample))).kind).toBe('altered');
  });

  it.each<[string, (files: Files) => void]>([
    ['no checksums', (files) => void files.delete('SHA256SUMS')],
    ['no manifest', (files) => void files.delete('manifest.json')],
    ['no export', (files) => void files.delete('export/export.json')],
    ['checksums that are none', (files) => void files.set('SHA256SUMS', Buffer.from('hello\n'))],
    [
      'checksums that lead elsewhere',
      (files) => void files.set('SHA256SUMS', Buffer.from(`${'0'.repeat(64)}  ../../etc/passwd\n`)),
    ],
    ['a manifest that is no JSON', (files) => void files.set('manifest.json', Buffer.from('{'))],
    ['a manifest of another format', (files) => void files.set('manifest.json', Buffer.from('{"format":"x/9"}'))],
    [
      'a manifest with a hash that is none',
      (files) => {
        const text = files
          .get('manifest.json')!
          .toString()
          .replace(/"sha256": "[0-9a-f]{64}"/, '"sha256": "none"');
        files.set('manifest.json', Buffer.from(text));
      },
    ],
  ])('refuses %s', async (_, change) => {
    const files = sealed(newSample());
    change(files);
    await expect(check(files)).rejects.toThrow(Malformed);
  });
});

function bundleOf(files: Files): Bundle {
  return {
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length })),
    open: ({ name }) => Readable.from([files.get(name)!]),
    close: () => Promise.resolve(),
  };
}
