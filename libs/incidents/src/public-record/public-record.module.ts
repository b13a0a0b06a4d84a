import { Module } from '@nestjs/common';
import { ElectionsModule } from '@app/elections';
import { PublicRecord } from './public-record.service';

/** What was decided, for everybody. Needs the global configuration, database and platform modules. */
@Module({ imports: [ElectionsModule], providers: [PublicRecord], exports: [PublicRecord] })
export class PublicRecordModule {}
