import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** Addresses that are never a page of the web app, so that a wrong one gets a 404 instead of HTML. */
const NOT_PAGES = /^\/(?:api|hls|health|metrics|assets|realtime)(?:\/|$)/;
const ONE_YEAR_MS = 365 * 24 * 3_600_000;

/**
 * Serves the built web app. Files under `assets/` carry a hash in their name and never change; the page itself is asked
 * for each time. Every other address that a browser navigates to gets the page: the app's own router reads it.
 */
export function serveWeb(app: NestExpressApplication, directory: string): void {
  if (!existsSync(join(directory, 'index.html'))) return;
  app.useStaticAssets(join(directory, 'assets'), { prefix: '/assets', immutable: true, maxAge: ONE_YEAR_MS, index: false });
  // The few files beside the page, known by name: media and api requests need not ask the disk for them.
  const files = new Set(
    readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [`/${entry.name}`] : [])),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    const { method, path, headers } = request;
    const isFile = (method === 'GET' || method === 'HEAD') && files.has(path);
    if (!isFile && !isNavigation(method, path, headers.accept)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    const done = (error?: Error): void => void (error && next(error));
    response.sendFile(isFile ? path.slice(1) : 'index.html', { root: directory, cacheControl: false }, done);
  });
}

/** Whether a browser asks for a page: it takes HTML, and the address belongs to the web app. */
export function isNavigation(method: string, path: string, accept: string | undefined): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path === '/') return true;
  return !NOT_PAGES.test(path) && accept !== undefined && accept.includes('text/html');
}
