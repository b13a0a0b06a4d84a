import { digestChallenge, digestResponse, provesCredentials, REALM } from './digest';

const credentials = { username: 'camera', password: 's3cret' };
const nonce = 'abc123';
const uri = 'rtsp://127.0.0.1/0412/overview';
const answerWith = (response: string, used = nonce): string =>
  `Digest username="camera", realm="${REALM}", nonce="${used}", uri="${uri}", response="${response}"`;

describe('Digest authentication', () => {
  it('computes the answer of RFC 2069 (as corrected in its erratum)', () => {
    const request = {
      method: 'GET',
      uri: '/dir/index.html',
      realm: 'testrealm@host.com',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    };
    expect(digestResponse({ username: 'Mufasa', password: 'CircleOfLife' }, request)).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it('takes the right answer to its own challenge', () => {
    const response = digestResponse(credentials, { method: 'DESCRIBE', uri, realm: REALM, nonce });
    expect(digestChallenge(nonce)).toContain(`nonce="${nonce}"`);
    expect(provesCredentials(answerWith(response), credentials, 'DESCRIBE', nonce)).toBe(true);
  });

  it.each([
    ['no header', undefined, nonce],
    ['another scheme', 'Basic Y2FtZXJhOnMzY3JldA==', nonce],
    ['a wrong answer', answerWith('0'.repeat(32)), nonce],
    ['an answer of another length', answerWith('0'), nonce],
    [
      'an answer to an older challenge',
      answerWith(digestResponse(credentials, { method: 'PLAY', uri, realm: REALM, nonce }), nonce),
      'newer',
    ],
    [
      'the answer for another method',
      answerWith(digestResponse(credentials, { method: 'DESCRIBE', uri, realm: REALM, nonce })),
      nonce,
    ],
  ])('refuses %s', (_case, header, expected) => {
    expect(provesCredentials(header, credentials, 'PLAY', expected)).toBe(false);
  });
});
