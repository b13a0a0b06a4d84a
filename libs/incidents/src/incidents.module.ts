import { Module } from '@nestjs/common';
import { ElectionsModule } from '@app/elections';
import { AuditChains } from './audit-reading/audit-chains.service';
import { AuditExport } from './audit-reading/audit-export.service';
import { AuditSearch } from './audit-reading/audit-search';
import { AddendumService } from './cases/addendum.service';
import { CaseService } from './cases/case.service';
import { ClipViews } from './cases/clip-views.service';
import { PlayedService } from './cases/played.service';
import { Recipients } from './cases/recipients.service';
import { ClipRequests } from './clip-requests';
import { ClockRounds } from './clocks/clock-rounds';
import { ReviewClocks } from './clocks/review-clocks.service';
import { DecisionsLog } from './decisions-log/decisions-log.service';
import { FlagService } from './flag.service';
import { IncidentCodes } from './incident-codes';
import { IncidentDetails } from './incident-detail';
import { IncidentQueries } from './incident-queries';
import { CameraOutages } from './outages/camera-outages.service';
import { OutageFollowUp } from './outages/outage-follow-up';
import { SystemIncidents } from './outages/system-incidents';
import { OwnFlagService } from './own-flag.service';

const FLAGGING = [FlagService, OwnFlagService, IncidentCodes, ClipRequests];
const CASES = [CaseService, AddendumService, PlayedService, ClipViews, Recipients, IncidentQueries, IncidentDetails];
const OUTAGES = [SystemIncidents, OutageFollowUp, CameraOutages];
const REVIEW = [ReviewClocks, ClockRounds, DecisionsLog];
const AUDIT = [AuditSearch, AuditExport, AuditChains];
const SERVICES = [...FLAGGING, ...CASES, ...REVIEW, ...AUDIT, ...OUTAGES];

/** Needs the global database, queue, realtime and platform modules. */
@Module({ imports: [ElectionsModule], providers: SERVICES, exports: SERVICES })
export class IncidentsModule {}
