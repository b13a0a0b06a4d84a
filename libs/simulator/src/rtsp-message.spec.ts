import { RtspRequestReader, rtspResponse } from './rtsp-message';

describe(RtspRequestReader.name, () => {
  it('finds requests in any slicing of the bytes and passes over receiver reports', () => {
    const report = Buffer.from([0x24, 1, 0, 3, 1, 2, 3]);
    const text = 'GET_PARAMETER rtsp://h/p RTSP/1.0\r\nCSeq: 4\r\nContent-Length: 3\r\n\r\nabc';
    const bytes = Buffer.concat([
      report,
      Buffer.from(text),
      report,
      Buffer.from('TEARDOWN rtsp://h/p RTSP/1.0\r\ncseq:5\r\n\r\n'),
    ]);
    for (const step of [1, 2, 7, bytes.length]) {
      const sut = new RtspRequestReader();
      const requests = [];
      for (let at = 0; at < bytes.length; at += step) requests.push(...sut.push(bytes.subarray(at, at + step)));
      expect(requests.map(({ method, uri, headers }) => [method, uri, headers.get('cseq')])).toEqual([
        ['GET_PARAMETER', 'rtsp://h/p', '4'],
        ['TEARDOWN', 'rtsp://h/p', '5'],
      ]);
    }
  });

  it.each(['GET / HTTP/1.1\r\n\r\n', 'PLAY x RTSP/1.0\r\nContent-Length: -9\r\n\r\n', 'A'.repeat(70_000)])(
    'throws on what is not RTSP',
    (text) => {
      expect(() => new RtspRequestReader().push(Buffer.from(text))).toThrow();
    },
  );

  it('answers with the number of the request and the length of the body', () => {
    const request = { method: 'DESCRIBE', uri: 'x', headers: new Map([['cseq', '7']]) };
    expect(rtspResponse(200, request, { 'Content-Type': 'application/sdp' }, 'v=0\r\n').toString()).toBe(
      'RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n',
    );
  });
});
