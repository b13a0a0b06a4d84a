import { LineRing } from './line-ring';

describe('LineRing', () => {
  it('keeps the last lines, cut to a length, however the bytes come', () => {
    const heard: string[] = [];
    const ring = new LineRing(3, 5, (line) => heard.push(line));
    const bytes = Buffer.from('one\ntwo\r\nüber-long\n\nfour\nfive');
    for (const byte of bytes) ring.push(Buffer.of(byte));
    expect(heard).toEqual(['one', 'two', 'über-', 'four']);
    ring.end();
    expect(ring.lines).toEqual(['über-', 'four', 'five']);
  });
});
