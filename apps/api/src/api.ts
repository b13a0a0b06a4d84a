import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';
import { inRequest, NestLogger } from '@app/platform';
import { ApiModule, type ApiOptions } from './api.module';
import { MediaFirstAdapter } from './http/media-first.adapter';
import { requestLog } from './http/request-log';
import { refuseForeignSites } from './http/same-site';
import { Metrics } from './operations/metrics';
import { LiveMedia } from './playback/live-media';
import { mediaDoor } from './playback/media-door';
import { RecordedFootage } from './playback/recorded-footage';
import { recordedDoor } from './playback/recorded-door';
import { serveWeb } from './static-web';

const MAX_JSON_BYTES = 1_048_576;
/** Proxies of ours in front (nginx, a load balancer) are believed about where a request comes from; others are not. */
const TRUSTED_PROXIES = 'loopback, linklocal, uniquelocal';

/** The whole api, not listening yet. */
export async function createApi(options: ApiOptions): Promise<NestExpressApplication> {
  const { config, logger } = options;
  const adapter = new MediaFirstAdapter();
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.for(options), adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const { mediaAnswered: answered } = app.get(Metrics);
  const visits = { answered, logger, https: config.http.secureCookies };
  const live = mediaDoor({ media: app.get(LiveMedia), ...visits });
  const recorded = recordedDoor({ footage: app.get(RecordedFootage), ...visits });
  adapter.answerMediaWith((request, response) => live(request, response) || recorded(request, response));
  app.set('trust proxy', TRUSTED_PROXIES);
  app.disable('x-powered-by');
  app.use(requestLog(logger));
  app.use((_request: Request, response: Response, next: NextFunction) =>
    inRequest(String(response.getHeader('X-Request-Id')), next),
  );
  app.use(app.get(Metrics).time);
  app.use(helmet(securityHeaders(config.http.secureCookies)));
  app.use(refuseForeignSites(config.http.publicUrl));
  serveWeb(app, options.webDirectory);
  app.useBodyParser('json', { limit: MAX_JSON_BYTES, type: 'application/json', strict: true });
  return app;
}

/** Everything from this host; the player makes its media and its worker out of blobs. */
function securityHeaders(https: boolean): Parameters<typeof helmet>[0] {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    // Playlists and media are public: a broadcaster's player on another site may read them where CORS says so.
    crossOriginResourcePolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  };
}
