import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultCode } from '@app/contracts';
import { classifyStderr } from './classify';
import { type FaultContext } from './types';

/** Recorded from ffmpeg 5.1.9 with the arguments of `packagingArgs`; addresses of objects in memory were evened out. */
const recorded = (name: string): string[] =>
  readFileSync(join(__dirname, '../fixtures', `${name}.log`), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
const failed: FaultContext = { hadMedia: false, livedMs: 200, exit: { code: 1, signal: null } };
const slow: FaultContext = { ...failed, livedMs: 5_200 };
const ended: FaultContext = { hadMedia: true, livedMs: 9_000, exit: { code: 0, signal: null } };

describe('classifyStderr', () => {
  const cases: [name: string, context: FaultContext, code: FaultCode][] = [
    ['rtsp-host-unknown', failed, 'host-unknown'],
    ['rtsp-refused', failed, 'connection-refused'],
    ['rtsp-timeout', slow, 'silent'],
    ['rtsp-unauthorized', failed, 'unauthorized'],
    ['rtsp-unauthorized-none', failed, 'unauthorized'],
    ['rtsp-not-found', failed, 'path-not-found'],
    ['rtsp-http-server', failed, 'not-a-stream'],
    ['rtsp-garbage', failed, 'not-a-stream'],
    ['rtsp-closed-at-once', failed, 'not-a-stream'],
    ['rtsp-connection-lost', ended, 'connection-lost'],
    ['rtsp-frozen', ended, 'connection-lost'],
    ['rtmp-host-unknown', failed, 'host-unknown'],
    ['rtmp-refused', failed, 'connection-refused'],
    ['rtmp-http-server', failed, 'not-a-stream'],
    ['rtmp-silent', slow, 'silent'],
    ['rtmp-closed-at-once', failed, 'not-a-stream'],
    ['rtmp-lost', ended, 'connection-lost'],
    ['srt-host-unknown', failed, 'host-unknown'],
    ['srt-nobody', { ...failed, livedMs: 3_200 }, 'host-unreachable'],
    ['srt-wrong-passphrase', failed, 'unauthorized'],
    ['srt-no-passphrase', failed, 'unauthorized'],
    ['srt-lost', ended, 'connection-lost'],
    ['srt-stalled', ended, 'connection-lost'],
    ['srt-audio-only', failed, 'no-video'],
    ['flv-audio-only', failed, 'no-video'],
    ['flv-pcm-in-copy', failed, 'codec-unsupported'],
    ['flv-garbage', failed, 'media-invalid'],
  ];
  it.each(cases)('%s', (name, context, code) => {
    const fault = classifyStderr(recorded(name), context);
    expect(fault.code).toBe(code);
    expect(fault.detail).not.toBe('');
    expect(fault.detail).not.toMatch(/0x[0-9a-f]{6}|^\[/);
  });

  it('takes a host that does not answer for unreachable', () => {
    const lines = [
      '[tcp @ 0x55d0c0ffee00] [error] Connection to tcp://10.0.0.9:554?timeout=5000000 failed: Connection timed out',
    ];
    expect(classifyStderr(lines, slow).code).toBe('host-unreachable');
  });

  it('says how a process ended that said nothing', () => {
    const killed = { hadMedia: false, livedMs: 50, exit: { code: null, signal: 'SIGKILL' as const } };
    expect(classifyStderr([], killed)).toEqual({ code: 'encoder-failed', detail: 'ffmpeg was ended by SIGKILL.' });
    const spawnError = 'spawn /nowhere/ffmpeg ENOENT';
    expect(classifyStderr([], { ...failed, exit: { code: null, signal: null, spawnError } }).detail).toBe(spawnError);
  });

  it.each([
    'rtsp://op:s3cret@10.0.0.9/cam: Server returned 401 Unauthorized (authorization failed)',
    'rtsp://op:s3cret/@x@10.0.0.9/cam: Server returned 401 Unauthorized (authorization failed)',
    '[error] srt://10.0.0.9:9000?passphrase=s3cret&streamid=s3cret: Input/output error',
    '[error] rtmp://10.0.0.9/live/s3cret: Connection refused',
  ])('keeps credentials out of the detail: %s', (line) => {
    const { detail } = classifyStderr([line], failed);
    expect(detail).toContain('10.0.0.9');
    expect(detail).not.toContain('s3cret');
  });
});
