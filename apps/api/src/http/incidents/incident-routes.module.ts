import { Module } from '@nestjs/common';
import { StorageModule } from '@app/evidence';
import { IncidentsModule } from '@app/incidents';
import { AuditController } from '../audit/audit.controller';
import { DecisionsController } from '../review/decisions.controller';
import { ReviewController } from '../review/review.controller';
import { CasesController } from './cases.controller';
import { HandOverController } from './hand-over.controller';
import { IncidentMediaController } from './incident-media.controller';
import { IncidentsController } from './incidents.controller';

@Module({
  imports: [IncidentsModule, StorageModule],
  controllers: [
    IncidentsController,
    IncidentMediaController,
    CasesController,
    HandOverController,
    ReviewController,
    DecisionsController,
    AuditController,
  ],
})
export class IncidentRoutesModule {}
