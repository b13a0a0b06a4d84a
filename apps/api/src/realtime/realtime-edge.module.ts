import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { EventPlaces } from './event-places';
import { OpenSockets } from './open-sockets';
import { RealtimeGateway } from './realtime.gateway';

@Module({ imports: [AccessModule], providers: [RealtimeGateway, OpenSockets, EventPlaces] })
export class RealtimeEdgeModule {}
