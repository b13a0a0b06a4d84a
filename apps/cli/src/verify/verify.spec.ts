import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { type Files, newSample, sealed } from '../../../../libs/testing/src/evidence-sample';
import { requireSafeName } from './file-names';
import { verify } from './verify';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pollglass-verify-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function zipped(files: Files, compress = false): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { compress });
  zip.end();
  return buffer(zip.outputStream);
}

async function written(bytes: Buffer): Promise<string> {
  const path = join(folder, `${(count += 1)}.zip`);
  await writeFile(path, bytes);
  return path;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [[] as string[], [] as string[]];
  const code = await verify(args, { stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => err.push(text) } });
  return { code, out: out.join(''), err: err.join('') };
}

/** Writes another name of the same length wherever the zip has it. */
function renamed(zip: Buffer, from: string, to: string, where: 'everywhere' | 'last' = 'everywhere'): Buffer {
  expect(Buffer.byteLength(to)).toBe(Buffer.byteLength(from));
  const changed = Buffer.from(zip);
  const places: number[] = [];
  for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) places.push(at);
  for (const at of where === 'last' ? places.slice(-1) : places) changed.write(to, at);
  return changed;
}

/** Sets two bytes of the central directory's record of a file. */
function recordOf(zip: Buffer, name: string): number {
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1))
    if (zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)) === name) return at;
  throw new Error(`${name} is not in the zip`);
}

describe(verify, () => {
  it('ends with 0 for a package as it was made, stored or packed again', async () => {
    for (const compress of [false, true]) {
      const { code, out } = await run(await written(await zipped(sealed(newSample()), compress)));
      expect([code, out.split('  ')[0]]).toEqual([0, 'VERIFIED']);
    }
  });

  it('ends with 1 for an altered one, with 2 and 3 for gaps, and says the same as JSON', async () => {
    const altered = sealed(newSample()).set('README.txt', Buffer.from('other'));
    const gap = newSample();
    gap.camera.segments[4]!.fate = { state: 'unavailable' };
    gap.files.delete([...gap.files.keys()].find((name) => name.endsWith('104.m4s'))!);
    const hole = newSample();
    hole.camera.segments.splice(4, 1);
    hole.files.delete([...hole.files.keys()].find((name) => name.endsWith('104.m4s'))!);
    const codes = [altered, sealed(gap), sealed(hole)].map(async (files) => {
      const { code, out } = await run(await written(await zipped(files)), '--json');
      return [code, (JSON.parse(out) as { exit: number }).exit];
    });
    expect(await Promise.all(codes)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('checks an unpacked one as well, and refuses a link in it', async () => {
    const root = join(folder, 'unpacked');
    for (const [name, bytes] of sealed(newSample())) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), bytes);
    }
    expect((await run(root)).code).toBe(0);
    await symlink('/etc/passwd', join(root, 'case', 'link.json'));
    expect(await run(root)).toMatchObject({ code: 5, err: expect.stringContaining('neither a file nor a folder') });
  });

  it.each([
    ['leads out', 'README.txt', '../../etc/'],
    ['is absolute', 'README.txt', '/etc/passw'],
    ['has a drive', 'README.txt', 'C:EADME.tx'],
    ['holds a backslash', 'README.txt', 'a\\b/c/d/ef'],
    ['is doubled', 'README.txt', 'readme.TXT'],
  ])('ends with 5 for a name that %s', async (why, from, to) => {
    const files = sealed(newSample());
    if (why === 'is doubled') files.set('rEADME.txt', Buffer.from('twin'));
    const zip = await zipped(files);
    const { code } = await run(await written(why === 'is doubled' ? zip : renamed(zip, from, to)));
    expect(code).toBe(5);
  });

  it('ends with 5 for a file with two names, a link, encryption, a bomb, files over each other', async () => {
    const zip = await zipped(sealed(newSample()));
    const change = (edit: (zip: Buffer, at: number) => void): Buffer => {
      const changed = Buffer.from(zip);
      edit(changed, recordOf(changed, 'README.txt'));
      return changed;
    };
    const cases = {
      names: renamed(zip, 'README.txt', 'OTHERS.txt', 'last'),
      link: change((bytes, at) => bytes.writeUInt32LE((0o120777 << 16) >>> 0, at + 38)),
      encrypted: change((bytes, at) => bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8)),
      bomb: change((bytes, at) => (bytes.writeUInt16LE(8, at + 10), bytes.writeUInt32LE(0x7fffffff, at + 24))),
      overlap: change((bytes, at) =>
        bytes.writeUInt32LE(bytes.readUInt32LE(recordOf(bytes, 'case/incident.json') + 42), at + 42),
      ),
    };
    for (const [name, bytes] of Object.entries(cases)) expect([name, (await run(await written(bytes))).code]).toEqual([name, 5]);
  });

  it('ends with 5 for what is cut short, no zip, not there, or not said', async () => {
    const zip = await zipped(sealed(newSample()));
    for (const bytes of [zip.subarray(0, -10), zip.subarray(100), Buffer.from('no zip at all'), Buffer.alloc(0)])
      expect((await run(await written(bytes))).code).toBe(5);
    expect((await run(join(folder, 'nowhere.zip'))).code).toBe(5);
    expect((await run()).code).toBe(5);
    expect((await run('--unknown')).code).toBe(5);
  });

  it('ends with 5 for more files than a package has', async () => {
    const files: Files = new Map(Array.from({ length: 20_001 }, (_, index) => [`f/${index}`, Buffer.alloc(0)]));
    expect(await run(await written(await zipped(files)))).toMatchObject({
      code: 5,
      err: expect.stringContaining('more than 20000 files'),
    });
  });
});

describe(requireSafeName, () => {
  it.each(['', '/a', '../a', 'a/../b', 'a//b', 'a/.', 'a\\b', 'C:a', 'a\u0000b', 'a\nb', 'x'.repeat(301)])(
    'refuses %j',
    (name) => {
      expect(() => requireSafeName(name)).toThrow();
    },
  );
  it.each(['a', 'a/b.c', 'footage/camera-1/0b6d/000000001.m4s', '..a', 'Зал.txt'])('takes %j', (name) => {
    expect(requireSafeName(name)).toBe(name);
  });
});
