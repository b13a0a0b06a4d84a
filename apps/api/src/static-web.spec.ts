import { isNavigation } from './static-web';

const html = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe(isNavigation, () => {
  it.each([
    ['GET', '/', undefined, true],
    ['GET', '/s/0101', html, true],
    ['HEAD', '/c/flags', html, true],
    ['GET', '/apiary', html, true],
    ['GET', '/s/0101', 'application/json', false],
    ['GET', '/s/0101', undefined, false],
    ['POST', '/s/0101', html, false],
    ['GET', '/api/v1/nothing', html, false],
    ['GET', '/assets/gone.js', html, false],
    ['GET', '/hls/x/live.m3u8', html, false],
    ['GET', '/metrics', html, false],
  ])('of %s %s taking %s: %s', (method, path, accept, expected) => {
    expect(isNavigation(method, path, accept)).toBe(expected);
  });
});
