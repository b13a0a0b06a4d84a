import { loadConfig } from './config';
import { readStorageUrl } from './storage-url';

describe(readStorageUrl.name, () => {
  it.each([
    ['file:///srv/archive', { kind: 'file', directory: '/srv/archive' }],
    ['file:///srv/my%20archive', { kind: 'file', directory: '/srv/my archive' }],
    [
      's3://votes?region=eu-central-1',
      { kind: 's3', bucket: 'votes', prefix: '', endpoint: undefined, region: 'eu-central-1', forcePathStyle: false },
    ],
    [
      's3://votes/2026/autumn/?endpoint=http://127.0.0.1:9000',
      { kind: 's3', bucket: 'votes', prefix: '2026/autumn/', endpoint: 'http://127.0.0.1:9000', forcePathStyle: true },
    ],
    ['s3://votes?endpoint=https://s3.example.org&forcePathStyle=false', { forcePathStyle: false }],
  ])('reads %s', (text, place) => {
    expect(readStorageUrl(text)).toMatchObject({ place });
  });

  it.each([
    ['archive', ['is an address that starts with file:// or s3://']],
    ['https://example.org/bucket', ['is an address that starts with file:// or s3://']],
    ['file:///srv/100%', ['has a path in which every % stands for a character']],
    ['s3://', ['names a bucket: s3://bucket or s3://bucket/folder']],
    ['s3://No_Bucket', ['names a bucket: s3://bucket or s3://bucket/folder']],
    ['s3://votes?bucket=x&ACL=y', ['takes endpoint, region and forcePathStyle after the question mark, nothing else']],
    [
      's3://votes?endpoint=minio:9000&region=Europe!&forcePathStyle=yes',
      [
        'has an endpoint that is an http:// or https:// address without credentials',
        'has a region like eu-central-1',
        'has a forcePathStyle that is true or false',
      ],
    ],
  ])('says what is wrong with %s', (text, problems) => {
    expect(readStorageUrl(text)).toEqual({ problems });
  });
});

describe('the storage of the recording', () => {
  const env = { STORAGE_URL: 's3://votes', AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'hush-hush' };

  it('is the data folder unless told otherwise', () => {
    expect(loadConfig({ POLLGLASS_DATA: '/data' })).toMatchObject({ remote: undefined, storageDirectory: '/data/archive' });
  });

  it('takes its credentials from the environment', () => {
    const { remote } = loadConfig({ ...env, AWS_REGION: 'eu-west-1' });
    expect(remote).toMatchObject({
      bucket: 'votes',
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'hush-hush' },
    });
  });

  it('does not show them to who prints the settings', () => {
    expect(JSON.stringify(loadConfig(env))).not.toContain('hush-hush');
  });

  it('does not mind half a pair of keys that it does not need', () => {
    expect(loadConfig({ AWS_ACCESS_KEY_ID: 'AKIATEST' }).remote).toBeUndefined();
  });

  it.each([
    [{ AWS_SECRET_ACCESS_KEY: '' }, /AWS_SECRET_ACCESS_KEY is needed together with AWS_ACCESS_KEY_ID/],
    [{ AWS_ACCESS_KEY_ID: '' }, /AWS_ACCESS_KEY_ID is needed together with AWS_SECRET_ACCESS_KEY/],
    [{ STORAGE_URL: 's3://AKIATEST:hush-hush@votes' }, /STORAGE_URL holds no credentials/],
    [{ POLLGLASS_LOCAL_COPY_MINUTES: '5' }, /POLLGLASS_LOCAL_COPY_MINUTES is a number from 20 to 1440/],
  ])('refuses %j by name and rule, without a secret', (other, rule) => {
    const load = () => loadConfig({ ...env, ...other });
    expect(load).toThrow(rule);
    expect(load).not.toThrow(/hush-hush/);
  });
});
