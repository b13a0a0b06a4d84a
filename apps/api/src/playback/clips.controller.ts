import { Readable } from 'node:stream';
import { Controller, Inject, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { CurrentSession } from '@app/access';
import { type RouteInput, routes } from '@app/contracts';
import { DomainError, LOGGER, type Logger, wantedBytes } from '@app/platform';
import { RecordedClips, TakenFootage } from '@app/recordings';
import { CurrentUser, Endpoint, Input } from '../http/endpoint';

/** Footage for staff to take along. Who took what is on record. */
@Controller()
export class ClipsController {
  constructor(
    private readonly clips: RecordedClips,
    private readonly taken: TakenFootage,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Endpoint(routes.recordedClip)
  async clip(
    @CurrentUser() session: CurrentSession,
    @Input() { params, query }: RouteInput<typeof routes.recordedClip>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { cameraId } = params;
    const { file, range, missingMs } = await this.clips.clip(cameraId, {
      from: Date.parse(query.from),
      to: Date.parse(query.to),
    });
    const size = file.byteLength;
    const wanted = wantedBytes(request.headers.range, size);
    const [from, to] = [new Date(range.from).toISOString(), new Date(range.to).toISOString()];
    response.set({
      'Accept-Ranges': 'bytes',
      'X-Footage-From': from,
      'X-Footage-To': to,
      'X-Footage-Missing-Ms': String(missingMs),
    });
    if (wanted.kind === 'unsatisfiable') {
      response.set('Content-Range', `bytes */${size}`);
      throw new DomainError('media.range-not-satisfiable', `The file has ${size} bytes.`);
    }
    const { start, end } = wanted.kind === 'part' ? wanted : { start: 0, end: size - 1 };
    if (wanted.kind === 'part') response.status(206).set('Content-Range', `bytes ${start}-${end}/${size}`);
    await this.taken.record(session, cameraId, range);
    const disposition = `inline; filename="${cameraId}-${from.replace(/[:.]/g, '')}.mp4"`;
    const bytes = Readable.from(file.read(start, end), { objectMode: false, highWaterMark: 1 << 20 });
    const answer = new StreamableFile(bytes, { type: routes.recordedClip.responseType, length: end - start + 1, disposition });
    return answer.setErrorHandler((error) => {
      this.logger.error({ err: error, cameraId, from, to }, 'a clip broke off');
      // Its length was told: only a broken connection says that it is not whole.
      response.destroy();
    });
  }
}
