import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { RealtimeGateway } from './realtime.gateway';

@Module({ imports: [AccessModule], providers: [RealtimeGateway] })
export class RealtimeEdgeModule {}
