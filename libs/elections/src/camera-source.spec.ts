import { DomainError } from '@app/platform';
import { parseSource, viewOf } from './camera-source';

describe(parseSource, () => {
  it.each([
    'rtsp://10.0.0.1/stream1',
    'rtsp://viewer:p%40ss@camera-7.example.org:8554/Streaming/Channels/101?transportmode=unicast',
    'RTSP://[fe80::1]:554/a',
    'rtsps://user@camera.example.org/a',
    'rtmp://media.example.org:1936/live/front',
    'srt://10.0.0.1:9000',
    'srt://10.0.0.1:9000?mode=listener&passphrase=0123456789&pbkeylen=16&streamid=a%2Fb&latency=120000',
    'push:rtmp',
  ])('takes %s', (source) => {
    expect(parseSource(source)).toEqual(
      source === 'push:rtmp' ? { kind: 'push-rtmp' } : expect.objectContaining({ url: source }),
    );
  });

  it.each([
    ['', 'starts with'],
    ['http://10.0.0.1/a.m3u8', 'starts with'],
    ['https://10.0.0.1/a.m3u8', 'starts with'],
    ['file:///etc/passwd', 'starts with'],
    ['/etc/passwd', 'starts with'],
    ['../a.mp4', 'starts with'],
    ['ftp://10.0.0.1/a', 'starts with'],
    ['javascript:alert(1)', 'starts with'],
    ['concat:rtsp://a/|rtsp://b/', 'starts with'],
    ['pipe:0', 'starts with'],
    ['rtspx://10.0.0.1/', 'starts with'],
    ['push:srt', 'starts with'],
    ['PUSH:RTMP', 'starts with'],
    ['rtsp:10.0.0.1/a', 'starts with'],
    [' rtsp://10.0.0.1/a', 'space'],
    ['rtsp://10.0.0.1/a b', 'space'],
    ['rtsp://10.0.0.1/a\n-i /etc/passwd', 'control character'],
    ['rtsp://10.0.0.1/a\u0000', 'control character'],
    ['rtsp://kamera.hürth.example/a', 'ASCII'],
    ['rtsp://good.example\\@evil.example/a', '\\'],
    ['rtsp://10.0.0.1/a#b', '#'],
    ['rtsp://', 'names no host'],
    ['rtsp:///a', 'names no host'],
    ['rtsp://user:password@/a', 'names no host'],
    ['rtsp://:554/a', 'names no host'],
    ['rtsp://a@b@10.0.0.1/a', 'cannot be read'],
    ['rtsp://[::1/a', 'cannot be read'],
    ['rtsp://-option/a', 'neither a name nor an address'],
    ['rtsp://exa%6dple.org/a', 'neither a name nor an address'],
    ['rtsp://10.0.0.1:0/a', 'port'],
    ['rtsp://10.0.0.1:65536/a', 'port'],
    ['rtsp://10.0.0.1:/a', 'port'],
    ['rtsp://10.0.0.1:55a/a', 'port'],
    [`rtsp://10.0.0.1/${'a'.repeat(2048)}`, 'longer than'],
    ['rtmp://10.0.0.1/live/a?listen=1', 'listen'],
    ['rtsp://10.0.0.1/a?rtsp_flags=x&LISTEN', 'listen'],
    ['srt://10.0.0.1', 'no port'],
    ['srt://user:password@10.0.0.1:9000', 'user and password'],
    ['srt://10.0.0.1:9000/path', 'path'],
    ['srt://10.0.0.1:9000?mode=rendezvous', 'mode'],
    ['srt://10.0.0.1:9000?passphrase=short', 'passphrase'],
    ['srt://10.0.0.1:9000?pbkeylen=8', 'pbkeylen'],
    ['srt://10.0.0.1:9000?latency=-1', 'latency'],
    ['srt://10.0.0.1:9000?mode=caller&mode=listener', 'twice'],
    ['srt://10.0.0.1:9000?transtype=file', 'other than'],
    ['srt://10.0.0.1:9000?__proto__=1', 'other than'],
  ])('refuses %j: %s', (source, rule) => {
    const refusal = thrownBy(() => parseSource(source));
    expect(refusal.code).toBe('camera.source-not-allowed');
    expect(refusal.message).toContain(rule);
  });

  it('never repeats what it refuses', () => {
    for (const source of ['http://u:s3cret@h/', 'srt://h:1?passphrase=s3cret', 'rtsp://u:s3cret@@h/', 'rtsp://u:s3cret@h:0/'])
      expect(JSON.stringify(thrownBy(() => parseSource(source)))).not.toContain('s3cret');
  });
});

describe(viewOf, () => {
  it.each([
    ['rtsp://viewer:s3cret@10.0.0.1:8554/a/b?channel=1', 'rtsp://10.0.0.1:8554/a/b', true],
    ['rtsp://10.0.0.1/a?password=s3cret', 'rtsp://10.0.0.1/a', true],
    ['rtsp://10.0.0.1/user=admin&password=s3cret&channel=1', 'rtsp://10.0.0.1/user=***&password=***&channel=1', true],
    ['rtsp://10.0.0.1/plain', 'rtsp://10.0.0.1/plain', false],
    ['srt://10.0.0.1:9000?passphrase=s3cret7890', 'srt://10.0.0.1:9000', true],
    ['srt://10.0.0.1:9000?streamid=s3cret', 'srt://10.0.0.1:9000', true],
    ['srt://10.0.0.1:9000?latency=20000', 'srt://10.0.0.1:9000', false],
    ['rtmp://10.0.0.1/live/s3cret', 'rtmp://10.0.0.1/live/***', true],
    ['push:rtmp', 'push:rtmp', true],
  ])('shows %s as %s', (source, display, hasCredentials) => {
    const view = viewOf(parseSource(source));
    expect(view).toMatchObject({ display, hasCredentials });
    expect(JSON.stringify(view)).not.toContain('s3cret');
  });
});

function thrownBy(action: () => unknown): DomainError {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
