import type { Camera, Page, Station } from '@app/contracts';
import { unusedCode } from './totp-codes';

export interface Credentials {
  email: string;
  password: string;
  /** Where the account signs in with a second factor. */
  totpSecret?: string | undefined;
}

/** A thin caller of the HTTP api that keeps its session cookie. */
export class ApiClient {
  /** @param cookie of a session that is open already */
  constructor(
    private readonly url: string,
    private cookie = '',
  ) {}

  get cookieHeader(): string {
    return this.cookie;
  }

  async signIn({ email, password, totpSecret }: Credentials): Promise<void> {
    const totp = totpSecret === undefined ? {} : { totp: await unusedCode(totpSecret) };
    const response = await this.send('POST', '/sessions', { email, password, ...totp });
    if (response.status !== 201) throw new Error(`Signing in failed: ${response.status} ${await response.text()}`);
    this.cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const response = await this.send(method, path, body, headers);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async stations(): Promise<Station[]> {
    return (await this.json<Page<Station>>('GET', '/stations?limit=200')).items;
  }

  async cameras(): Promise<Camera[]> {
    return (await this.stations()).flatMap((station) => station.cameras);
  }

  camera(cameraId: string): Promise<Camera> {
    return this.cameras().then((cameras) => {
      const found = cameras.find((camera) => camera.id === cameraId);
      if (!found) throw new Error(`There is no camera ${cameraId}`);
      return found;
    });
  }
}
