import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretBox } from './secret-box';
import { loadSecretKey } from './secret-key';

describe(SecretBox, () => {
  const box = new SecretBox(randomBytes(32));

  it('opens what it sealed, and seals the same text differently each time', () => {
    const [first, second] = [box.seal('camera', 'rtsp://u:p@h/ü'), box.seal('camera', 'rtsp://u:p@h/ü')];
    expect(first.equals(second)).toBe(false);
    expect([box.open('camera', first), box.open('camera', second)]).toEqual(['rtsp://u:p@h/ü', 'rtsp://u:p@h/ü']);
  });

  it('opens for its owner and its key only', () => {
    const sealed = box.seal('camera', 'secret');
    expect(() => box.open('another', sealed)).toThrow();
    expect(() => new SecretBox(randomBytes(32)).open('camera', sealed)).toThrow();
  });

  it('notices every changed byte', () => {
    const sealed = box.seal('camera', 'secret');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] as number) ^ 1;
      expect(() => box.open('camera', changed)).toThrow();
    }
    expect(() => box.open('camera', sealed.subarray(0, 20))).toThrow();
  });
});

describe(loadSecretKey, () => {
  let dataDirectory: string;
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'pollglass-key-'));
  });
  afterEach(() => rm(dataDirectory, { recursive: true }));

  it('makes one key, readable by its owner only, even when several processes start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSecretKey({ secretKey: undefined, dataDirectory })));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    const path = join(dataDirectory, 'secret.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path, 'utf8')).trim()).toBe(keys[0]?.toString('hex'));
  });

  it('takes the key of the environment first, and never replaces a file that it cannot read', async () => {
    const secretKey = 'ab'.repeat(32);
    expect(await loadSecretKey({ secretKey, dataDirectory })).toEqual(Buffer.from(secretKey, 'hex'));
    await writeFile(join(dataDirectory, 'secret.key'), 'broken');
    await expect(loadSecretKey({ secretKey: undefined, dataDirectory })).rejects.toThrow('is not a key');
  });
});
