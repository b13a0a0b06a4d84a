/** A bucket of an S3-compatible service; `prefix` comes before every key, '' or ending in a slash. */
export interface S3Place {
  bucket: string;
  prefix: string;
  /** undefined: Amazon's own. */
  endpoint: string | undefined;
  region: string | undefined;
  /** The bucket is a part of the path instead of the host name. */
  forcePathStyle: boolean;
}

export type StoragePlace = { kind: 'file'; directory: string } | ({ kind: 's3' } & S3Place);

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z0-9-]{1,64}$/;
const PARAMETERS = ['endpoint', 'region', 'forcePathStyle'];

/** Reads STORAGE_URL. @returns what is wrong with it, each a rule, instead of a place. No rule repeats a value: it may hold a secret. */
export function readStorageUrl(text: string): { place: StoragePlace } | { problems: string[] } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const path = url && decoded(url.pathname);
  if (url && path === undefined) return { problems: ['has a path in which every % stands for a character'] };
  if (url?.protocol === 'file:' && path) return { place: { kind: 'file', directory: path } };
  if (url?.protocol !== 's3:') return { problems: ['is an address that starts with file:// or s3://'] };
  const problems: string[] = [];
  if (url.username || url.password) problems.push('holds no credentials: they are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  if (!BUCKET.test(url.hostname)) problems.push('names a bucket: s3://bucket or s3://bucket/folder');
  const given = url.searchParams;
  for (const name of new Set(given.keys()))
    if (!PARAMETERS.includes(name))
      problems.push('takes endpoint, region and forcePathStyle after the question mark, nothing else');
  const endpoint = given.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !isPlainHttp(endpoint))
    problems.push('has an endpoint that is an http:// or https:// address without credentials');
  const region = given.get('region') ?? undefined;
  if (region !== undefined && !REGION.test(region)) problems.push('has a region like eu-central-1');
  const pathStyle = given.get('forcePathStyle') ?? undefined;
  if (pathStyle !== undefined && pathStyle !== 'true' && pathStyle !== 'false')
    problems.push('has a forcePathStyle that is true or false');
  if (problems.length > 0) return { problems: [...new Set(problems)] };
  const folder = (path ?? '').replace(/^\/+|\/+$/g, '');
  // What is not Amazon's rarely has a host name for each bucket.
  const forcePathStyle = pathStyle === undefined ? endpoint !== undefined : pathStyle === 'true';
  return { place: { kind: 's3', bucket: url.hostname, prefix: folder && `${folder}/`, endpoint, region, forcePathStyle } };
}

function isPlainHttp(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && !username && !password;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
