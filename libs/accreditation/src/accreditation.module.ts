import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { AccessModule } from '@app/access';
import { ElectionsModule } from '@app/elections';
import { DiskFileStore, FileStore, loadSecretKey } from '@app/platform';
import { AccreditationQueries } from './accreditation-queries';
import { ApplicationLimit } from './application-limit';
import { Applications, REFERENCE_KEY } from './applications.service';
import { Badges } from './badges.service';
import { NumberCheck } from './check.service';
import { Decisions } from './decisions.service';
import { Documents } from './documents.service';
import { AccreditationImport } from './import/accreditation-import.service';
import { ObserverAccounts } from './observer-accounts.service';
import { AccreditationRules } from './settings.service';
import { AccreditationFigures } from './statistics.service';

const services = [
  Applications,
  Documents,
  ObserverAccounts,
  Badges,
  Decisions,
  AccreditationQueries,
  AccreditationRules,
  AccreditationImport,
  NumberCheck,
  AccreditationFigures,
];

/** Needs the global database, configuration and platform modules. */
@Module({
  imports: [AccessModule, ElectionsModule],
  providers: [
    ...services,
    ApplicationLimit,
    { provide: REFERENCE_KEY, useFactory: (config: Config) => loadSecretKey(config), inject: [CONFIG] },
    { provide: FileStore, useFactory: (config: Config) => new DiskFileStore(config.storageDirectory), inject: [CONFIG] },
  ],
  exports: services,
})
export class AccreditationModule {}
