/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Credentials } from './api-client';
import { unusedCode } from './totp-codes';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** A real Chromium with a fresh profile. Every error it prints on its console is kept, with the address it is about. */
export class Browser {
  readonly errors: string[] = [];

  private constructor(
    private readonly profile: string,
    readonly context: BrowserContext,
  ) {}

  static async start(viewport = { width: 1280, height: 800 }, colorScheme: 'light' | 'dark' = 'light'): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), 'pollglass-browser-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      viewport,
      colorScheme,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    return new Browser(profile, context);
  }

  async page(): Promise<Page> {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on(
      'console',
      (message) => message.type() === 'error' && this.errors.push(`${message.text()} ${message.location().url}`),
    );
    return page;
  }

  async stop(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}

/** Signs in through the page, as a person does, with the second factor where the account has one. */
export async function signIn(page: Page, url: string, account: Credentials): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByTestId('email').fill(account.email);
  await page.getByTestId('password').fill(account.password);
  await page.getByTestId('submit').click();
  if (account.totpSecret !== undefined) {
    await page.getByTestId('totp').fill(await unusedCode(account.totpSecret));
    await page.getByTestId('submit').click();
  }
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

/** Resolves once the first video of the page shows moving pictures. */
export async function untilPlaying(page: Page, timeoutMs: number): Promise<void> {
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('video')].some((video) => video.currentTime > 0 && !video.paused && video.readyState >= 3),
    undefined,
    { timeout: timeoutMs },
  );
}
