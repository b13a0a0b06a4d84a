import { Module } from '@nestjs/common';
import { IncidentsModule } from '@app/incidents';
import { ReportsModule } from '@app/reports';
import { DevicesController } from './devices.controller';
import { ObservationsController } from './observations.controller';
import { ReportTotalsController } from './report-totals.controller';

@Module({
  imports: [ReportsModule, IncidentsModule],
  controllers: [ObservationsController, DevicesController, ReportTotalsController],
})
export class ReportRoutesModule {}
