import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { ElectionsModule } from '@app/elections';
import { DeviceChecks } from './devices/device-checks.service';
import { DeviceRegister } from './devices/device-register.service';
import { InterimReports } from './interim/interim-report.service';
import { ObservationQueries } from './observations/observation-queries';
import { Observations } from './observations/observations.service';
import { ReportForms } from './report-forms.service';
import { ReportTotalsService } from './totals/report-totals.service';

const services = [
  ReportForms,
  Observations,
  ObservationQueries,
  DeviceRegister,
  DeviceChecks,
  ReportTotalsService,
  InterimReports,
];

/** Needs the global database, configuration and platform modules. */
@Module({ imports: [AccessModule, ElectionsModule], providers: services, exports: services })
export class ReportsModule {}
