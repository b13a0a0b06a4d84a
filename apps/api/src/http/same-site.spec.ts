import { isOurOwn } from './same-site';

const post = { method: 'POST', fetchSite: undefined, origin: undefined, host: 'polls.example' };

describe(isOurOwn, () => {
  it.each([
    ['reading, from anywhere', { ...post, method: 'GET', fetchSite: 'cross-site' }, true],
    ['a program without browser headers', post, true],
    ['our own page', { ...post, fetchSite: 'same-origin', origin: 'https://polls.example' }, true],
    ['an address typed by the user', { ...post, fetchSite: 'none' }, true],
    ['another site', { ...post, fetchSite: 'cross-site', origin: 'https://polls.example' }, false],
    ['a neighbour on the same domain', { ...post, fetchSite: 'same-site' }, false],
    ['an older browser on our page', { ...post, origin: 'http://polls.example' }, true],
    ['an older browser on another page', { ...post, origin: 'https://evil.example' }, false],
    ['our page on another port', { ...post, origin: 'https://polls.example:8443' }, false],
    ['a page without an origin', { ...post, origin: 'null' }, false],
    ['our public address behind a proxy', { ...post, host: 'api:3000', origin: 'https://www.polls.example' }, true],
  ])('judges %s', (_who, provenance, expected) => {
    expect(isOurOwn(provenance, 'https://www.polls.example/')).toBe(expected);
  });
});
