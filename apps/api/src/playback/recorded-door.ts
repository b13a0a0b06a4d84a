import { readRecordedPath } from '@app/recordings';
import type { MediaDoor } from '../http/media-first.adapter';
import type { RecordedFootage } from './recorded-footage';
import { commonHeaders, openVisit, refuse, type VisitOptions } from './visit';

export interface RecordedDoorOptions extends VisitOptions {
  footage: RecordedFootage;
}

/** Recorded media for everybody, answered straight from node:http like live media. */
export function recordedDoor(options: RecordedDoorOptions): MediaDoor {
  const { footage, logger } = options;
  const common = commonHeaders(options);

  return (request, response) => {
    const { method, url = '', headers } = request;
    if (method !== 'GET' && method !== 'HEAD') return false;
    const mark = url.indexOf('?');
    const path = readRecordedPath(mark < 0 ? url : url.slice(0, mark));
    if (!path) return false;
    const visit = openVisit(options, common, request, response);
    footage.send(visit, path, headers.range).catch((error: unknown) => {
      // Nobody is there to be told anything.
      if (!response.destroyed) refuse(visit, error, logger);
    });
    return true;
  };
}
