import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';

/** Tells every process that what somebody may do has changed, after it was committed. */
@Injectable()
export class RightsSignal {
  constructor(
    private readonly fanout: Fanout,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never rejects: it only makes faster what the regular look at open sockets finds by itself. */
  async changed(...userIds: string[]): Promise<void> {
    try {
      await this.fanout.publish('RightsChanged', { userIds });
    } catch (error) {
      this.logger.warn({ err: error }, 'a change of rights was not announced; sockets notice it at their next check');
    }
  }
}
