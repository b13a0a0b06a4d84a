import { splitRtspUrl } from './address';
import { Authorization } from './authorization';

describe('the authorization of a request', () => {
  const field = (header: string | undefined, name: string): string | undefined =>
    new RegExp(`\\b${name}="?([^",]+)`).exec(header ?? '')?.[1];

  // The example of RFC 2617, 3.5, without its qop (RFC 2069).
  it('is a digest as RFC 2069 has it', () => {
    const authorization = new Authorization({ username: 'Mufasa', password: 'CircleOfLife' });
    expect(authorization.take(['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'])).toBe(true);
    const header = authorization.header('GET', '/dir/index.html');
    expect(field(header, 'response')).toBe('1949323746fe6a43ef61f9606e7febea');
    expect(header).not.toMatch(/qop|nc=|cnonce/);
  });

  it.each([
    ['MD5', undefined, 32],
    ['SHA-256', 'SHA-256', 64],
  ])('is a %s digest with qop, counted', (_, algorithm, length) => {
    const authorization = new Authorization({ username: 'u', password: 'p' });
    const named = algorithm ? `, algorithm=${algorithm}` : '';
    authorization.take([`Digest realm="r", nonce="n", qop="auth,auth-int", opaque="o"${named}`]);
    const [first, second] = [authorization.header('PLAY', 'rtsp://h/'), authorization.header('PLAY', 'rtsp://h/')];
    expect([field(first, 'nc'), field(second, 'nc')]).toEqual(['00000001', '00000002']);
    expect(field(first, 'response')).toHaveLength(length);
    expect(field(first, 'cnonce')).not.toBe(field(second, 'cnonce'));
    expect(first).toContain('opaque="o"');
    expect(first).toContain('qop=auth,');
  });

  it('prefers a digest that it knows, and takes Basic else', () => {
    const authorization = new Authorization({ username: 'u', password: 'ü:p' });
    authorization.take(['Digest realm="r", nonce="n", algorithm=SHA-512-256, Basic realm="r"']);
    expect(authorization.header('PLAY', 'x')).toBe(`Basic ${Buffer.from('u:ü:p').toString('base64')}`);
    authorization.take(['Basic realm="r", Digest realm="a, b", nonce="n"']);
    expect(authorization.header('PLAY', 'x')).toMatch(/^Digest .*realm="a, b"/);
  });

  it('has no answer to what it does not know, nor without a password', () => {
    expect(
      new Authorization({ username: 'u', password: 'p' }).take(['Negotiate', 'Digest realm="r", nonce="n", qop="auth-int"']),
    ).toBe(false);
    expect(new Authorization(undefined).take(['Basic realm="r"'])).toBe(false);
  });
});

describe('the address of a camera', () => {
  it('is taken apart as operators write it', () => {
    expect(splitRtspUrl('rtsp://user:p@ss:w%2Frd%zz@camera.example:8554/live?channel=1&x=a@b')).toEqual({
      tls: false,
      host: 'camera.example',
      port: 8554,
      uri: 'rtsp://camera.example:8554/live?channel=1&x=a@b',
      credentials: { username: 'user', password: 'p@ss:w/rd%zz' },
    });
    expect(splitRtspUrl('RTSPS://[fe80::1]')).toMatchObject({
      tls: true,
      host: 'fe80::1',
      port: 322,
      uri: 'rtsps://[fe80::1]:322',
    });
  });

  it('is refused without being repeated', () => {
    for (const text of ['http://secret@host/', 'rtsp://secret@host/a\r\nX: y', 'rtsp://'])
      expect(() => splitRtspUrl(text)).toThrow(/^(?!.*secret).*$/s);
  });
});
