import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { loadSecretKey, SecretBox } from '@app/platform';
import { CameraAnnouncer } from './camera-announcer';
import { CameraRegistry } from './camera-registry.service';
import { CameraSources } from './camera-sources.service';
import { Cameras } from './cameras.service';
import { Elections } from './elections.service';
import { StationImport } from './import/station-import.service';
import { StationCalendar } from './station-calendar.service';
import { Stations } from './stations.service';

const services = [Elections, Stations, Cameras, CameraSources, CameraRegistry, StationCalendar, StationImport];

@Module({
  providers: [
    ...services,
    CameraAnnouncer,
    { provide: SecretBox, useFactory: async (config: Config) => new SecretBox(await loadSecretKey(config)), inject: [CONFIG] },
  ],
  exports: services,
})
export class ElectionsModule {}
