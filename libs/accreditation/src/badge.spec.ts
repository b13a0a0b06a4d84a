import { create } from 'qrcode';
import { checkUrlOf, qrPath } from './badge';

describe(qrPath, () => {
  it('draws exactly the dark modules, with four white ones around', () => {
    const text = 'https://watch.example.org/verify/7K4M-2QXR-C';
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const { size, path } = qrPath(text);
    expect(size).toBe(modules.size + 8);
    const drawn = new Set<string>();
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      for (let step = 0; step < Number(width); step += 1) drawn.add(`${Number(x) + step - 4},${Number(y) - 4}`);
    const dark = new Set<string>();
    for (let y = 0; y < modules.size; y += 1)
      for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x)) dark.add(`${x},${y}`);
    expect(drawn).toEqual(dark);
    expect(path.replace(/M\d+ \d+h\d+v1h-\d+z/g, '')).toBe('');
  });
});

describe(checkUrlOf, () => {
  it('points at the public page, whatever the address of the site ends with', () => {
    expect(checkUrlOf('https://watch.example.org', '7K4M-2QXR-C')).toBe('https://watch.example.org/verify/7K4M-2QXR-C');
    expect(checkUrlOf('https://watch.example.org/', '7K4M-2QXR-C')).toBe('https://watch.example.org/verify/7K4M-2QXR-C');
  });
});
