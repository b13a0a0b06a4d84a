import { Module } from '@nestjs/common';
import { ClipRequests } from './clip-requests';
import { FlagService } from './flag.service';
import { IncidentCodes } from './incident-codes';
import { IncidentQueries } from './incident-queries';
import { CameraOutages } from './outages/camera-outages.service';
import { OutageFollowUp } from './outages/outage-follow-up';
import { SystemIncidents } from './outages/system-incidents';
import { OwnFlagService } from './own-flag.service';

const PROVIDERS = [FlagService, OwnFlagService, IncidentQueries, IncidentCodes, ClipRequests, SystemIncidents, OutageFollowUp, CameraOutages];

/** Needs the global database, queue, realtime and platform modules. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class IncidentsModule {}
