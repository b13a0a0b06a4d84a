import { areaOf } from './metrics';

describe(areaOf, () => {
  it.each([
    ['/api/v1/stations/NOR-17', 'stations'],
    ['/api/v1/incidents', 'incidents'],
    ['/api/v1/anything-a-scanner-tries', 'unknown'],
    ['/hls/5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f/live.m3u8', 'live.m3u8'],
    ['/hls/5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f/part/12.3.m4s', 'part'],
    ['/hls/5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f/..%2f', 'hls'],
    ['/health/ready', 'health'],
    ['/s/0101', 'page'],
  ])('puts %s under %s', (path, area) => {
    expect(areaOf(path)).toBe(area);
  });
});
