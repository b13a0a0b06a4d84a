import { Injectable } from '@nestjs/common';
import { OutboxRelay } from '@app/realtime';
import { ClipRequests } from '../clip-requests';
import type { Opened } from './system-incidents';

/** What follows a round that was written. */
@Injectable()
export class OutageFollowUp {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly clips: ClipRequests,
  ) {}

  announce(opened: readonly Opened[]): void {
    this.relay.kick();
    for (const { incidentId, clipReadyAfter } of opened) this.clips.request(incidentId, clipReadyAfter);
  }
}
