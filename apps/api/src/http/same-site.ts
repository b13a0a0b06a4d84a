import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '@app/platform';

export interface Provenance {
  method: string;
  /** `Sec-Fetch-Site`: set by browsers, beyond the reach of a page. */
  fetchSite: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something although its cookie comes along by itself: it comes from our own pages, or
 * from a program that is no browser (which sends neither header).
 */
export function isOurOwn({ method, fetchSite, origin, host }: Provenance, publicUrl: string | undefined): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (origin === undefined) return true;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Refuses changes that another site's page tries to make in its visitor's name. */
export function refuseForeignSites(publicUrl: string | undefined) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const { method, headers } = request;
    const provenance = {
      method,
      fetchSite: headers['sec-fetch-site'],
      origin: headers.origin,
      host: headers.host,
    };
    if (isOurOwn(provenance, publicUrl)) next();
    else next(new DomainError('access.denied', 'Another site may not do this in your name.'));
  };
}
