import { Module } from '@nestjs/common';
import { EvidenceRequestsModule, StorageModule } from '@app/evidence';
import { EvidenceController } from './evidence.controller';

@Module({ imports: [EvidenceRequestsModule, StorageModule], controllers: [EvidenceController] })
export class EvidenceRoutesModule {}
