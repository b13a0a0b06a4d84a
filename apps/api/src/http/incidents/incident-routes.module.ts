import { Module } from '@nestjs/common';
import { StorageModule } from '@app/evidence';
import { IncidentsModule } from '@app/incidents';
import { IncidentMediaController } from './incident-media.controller';
import { IncidentsController } from './incidents.controller';

@Module({ imports: [IncidentsModule, StorageModule], controllers: [IncidentsController, IncidentMediaController] })
export class IncidentRoutesModule {}
