import type { Migration } from 'kysely';
import * as firstSlice from './0001-first-slice';
import * as recording from './0002-recording';
import * as gaps from './0003-gaps';
import * as storageFaults from './0004-storage-faults';
import * as storedChunks from './0005-stored-chunks';
import * as scrubSheets from './0006-scrub-sheets';
import * as segmentChunks from './0007-segment-chunks';
import * as holds from './0008-holds';
import * as access from './0009-access';
import * as audit from './0010-audit';
import * as cases from './0010-cases';
import * as protectedSegments from './0010-segments';
import * as cameraOutages from './0011-camera-outages';
import * as evidencePackages from './0012-evidence-packages';
import * as accreditation from './0013-accreditation';
import * as missionReports from './0014-mission-reports';
import * as decisionsLog from './0015-decisions-log';
import * as keyFrameOffsets from './0016-key-frame-offsets';
import * as clockOff from './0017-clock-off';
import * as cameraKeys from './0018-camera-keys';
import * as rowsRefused from './0019-rows-refused';

/** In order of their names; a merged one is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-first-slice': firstSlice,
  '0002-recording': recording,
  '0003-gaps': gaps,
  '0004-storage-faults': storageFaults,
  '0005-stored-chunks': storedChunks,
  '0006-scrub-sheets': scrubSheets,
  '0007-segment-chunks': segmentChunks,
  '0008-holds': holds,
  '0009-access': access,
  '0010-audit': audit,
  '0010-cases': cases,
  '0010-segments': protectedSegments,
  '0011-camera-outages': cameraOutages,
  '0012-evidence-packages': evidencePackages,
  '0013-accreditation': accreditation,
  '0014-mission-reports': missionReports,
  '0015-decisions-log': decisionsLog,
  '0016-key-frame-offsets': keyFrameOffsets,
  '0017-clock-off': clockOff,
  '0018-camera-keys': cameraKeys,
  '0019-rows-refused': rowsRefused,
};
