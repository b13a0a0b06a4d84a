import { Readable } from 'node:stream';
import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type PublicIncidentPage, type PublicRecordQuery, RECORD_LICENSE, type RouteInput, routes } from '@app/contracts';
import { CSV_FORM, GEOJSON_FORM, JSON_FORM, PublicRecord, type RecordForm } from '@app/incidents';
import { Endpoint, Input } from '../endpoint';

/** Kept for half a minute without asking, then asked for with its tag: most answers are "as before". */
const CACHE_CONTROL = 'public, max-age=30, must-revalidate';

/** What was decided, for everybody. */
@Controller()
export class PublicRecordController {
  constructor(private readonly record: PublicRecord) {}

  @Endpoint(routes.listPublicIncidents)
  list(@Input() { query }: RouteInput<typeof routes.listPublicIncidents>): Promise<PublicIncidentPage> {
    return this.record.list(query);
  }

  @Endpoint(routes.publicIncidentsJson)
  json(
    @Input() { query }: RouteInput<typeof routes.publicIncidentsJson>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | void> {
    return this.send(query, JSON_FORM, 'json', 'application/json; charset=utf-8', request, response);
  }

  @Endpoint(routes.publicIncidentsCsv)
  csv(
    @Input() { query }: RouteInput<typeof routes.publicIncidentsCsv>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | void> {
    return this.send(query, CSV_FORM, 'csv', 'text/csv; charset=utf-8; header=present', request, response);
  }

  @Endpoint(routes.publicIncidentsGeoJson)
  geoJson(
    @Input() { query }: RouteInput<typeof routes.publicIncidentsGeoJson>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | void> {
    return this.send(query, GEOJSON_FORM, 'geojson', 'application/geo+json', request, response);
  }

  private async send(
    query: PublicRecordQuery,
    form: RecordForm,
    extension: string,
    type: string,
    request: Request,
    response: Response,
  ): Promise<StreamableFile | void> {
    const { tag, quarantined, lines } = await this.record.file(query, form);
    // Weak: the same incidents, whatever compressed them on the way.
    const etag = `W/"${tag}-${extension}"`;
    response.set({
      'Cache-Control': CACHE_CONTROL,
      ETag: etag,
      Link: `<${RECORD_LICENSE.url}>; rel="license"`,
      'X-Quarantined': String(quarantined),
      'Access-Control-Allow-Origin': '*',
    });
    if (request.headers['if-none-match'] === etag) {
      response.status(304);
      return;
    }
    const disposition = `inline; filename="incidents.${extension}"`;
    return new StreamableFile(Readable.from(lines()), { type, disposition });
  }
}
