/**
 * `npm run bench:latency -- --seconds 60`
 *
 * Delay of the picture on the station page in a real Chromium: the time on the displayed frame against now, once a
 * second, p50 and p95; then the same list played as plain HLS.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import { Browser, System, untilPlaying } from '@app/testing';
import { benchArguments, percentile } from './arguments';

const LIVE_TIMEOUT_MS = 60_000;
const SETTLE_MS = 8_000;

async function main(): Promise<void> {
  const options = benchArguments({ seconds: 60 });
  const system = await System.start({ POLLGLASS_DEMO: 'on' });
  const browser = await Browser.start();
  try {
    await system.untilLive(16, LIVE_TIMEOUT_MS);
    const [station] = await (await system.client()).stations();
    if (!station) throw new Error('there is no station');
    for (const name of ['low latency', 'plain HLS'] as const) {
      const page = await browser.page();
      if (name === 'plain HLS') await page.route('**/live.m3u8*', asPlainClient);
      await page.goto(`${system.url}/s/${encodeURIComponent(station.code)}`);
      await untilPlaying(page, 20_000);
      await delay(SETTLE_MS);
      const samples: number[] = [];
      for (let second = 0; second < options.seconds; second += 1) {
        samples.push(Number(await page.locator('video').first().getAttribute('data-latency')));
        await delay(1_000);
      }
      const fatal = await page.locator('video').first().getAttribute('data-fatal-errors');
      process.stdout.write(
        `${name.padEnd(12)} p50 ${percentile(samples, 0.5).toFixed(2)} s, p95 ${percentile(samples, 0.95).toFixed(2)} s over ${samples.length} s, fatal errors ${fatal}\n`,
      );
      await page.close();
    }
  } finally {
    await browser.stop();
    await system.dispose();
  }
}

/** What a player makes of the list that knows nothing of low latency: no directives asked, the low-latency tags ignored. */
async function asPlainClient(route: Route): Promise<void> {
  const response = await fetch(route.request().url().replace(/\?.*/, ''));
  const text = (await response.text())
    .split('\n')
    .filter((line) => !/^#EXT-X-(PART|PART-INF|PRELOAD-HINT|SERVER-CONTROL):/.test(line))
    .join('\n');
  await route.fulfill({ status: response.status, contentType: 'application/vnd.apple.mpegurl', body: text });
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
