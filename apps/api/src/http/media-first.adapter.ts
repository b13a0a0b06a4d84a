import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';

/**
 * Longer than proxies and clients keep an idle connection (nginx 60 s, most balancers the same): whoever closes it first must not be
 * we, because a request that is on its way then is lost, and one that changes something may not be sent again.
 */
const KEEP_ALIVE_MS = 75_000;

/** Answers a request, or returns false: it is somebody else's. */
export type MediaDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Express, with live media answered before it: they are nearly all requests there are, need none of what surrounds a route of the
 * table, and cost a tenth this way.
 */
export class MediaFirstAdapter extends ExpressAdapter {
  private door: MediaDoor = () => false;

  override initHttpServer(): void {
    const express = this.getInstance<(request: IncomingMessage, response: ServerResponse) => void>();
    this.httpServer = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      if (!this.door(request, response)) express(request, response);
    });
  }

  /** To be set before the server listens. */
  answerMediaWith(door: MediaDoor): void {
    this.door = door;
  }
}
