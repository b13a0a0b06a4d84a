import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type {
  CameraStateName,
  CaseAction,
  DiskReport,
  Escalation,
  EvidenceState,
  FaultCode,
  GapCause,
  HoldBudgetLevel,
  IncidentState,
  OutageEvent,
  Outcome,
  Permission,
  Publication,
  Quarantine,
  ReportLanguage,
  Role,
  ACCREDITATION_ACTIONS,
  DOCUMENT_TYPES,
  ObserverKind,
  STORED_ACCREDITATION_STATES,
  Answers,
  CheckFinding,
  CheckKind,
  Concern,
  DeviceKind,
  DeviceState,
  OptionCount,
  QuestionSpec,
  ReportForm,
  ShownIf,
} from '@app/contracts';

type Timestamp = ColumnType<Date, Date, Date>;
type Created = ColumnType<Date, Date | undefined, never>;
/** bigint columns: small enough for a number here, read as one (see `createDatabase`). */
type Big = ColumnType<number, number, number>;

export interface ElectionTable {
  id: string;
  name: string;
  opens_at: Timestamp;
  closes_at: Timestamp;
  count_ends_at: Timestamp;
  created_at: Created;
  /** How long footage is kept that nothing holds. */
  retention_days: Generated<number>;
  /** Within which an application for accreditation is to be decided. */
  accreditation_days: Generated<number>;
}

export interface RegionTable {
  id: string;
  election_id: string;
  parent_id: string | null;
  name: string;
}

export interface StationTable {
  id: string;
  election_id: string;
  region_id: string;
  code: string;
  name: string;
  address: string | null;
  lat: number | null;
  lon: number | null;
  timezone: string;
  /** Lower-case text that the search looks in; kept by the writer. */
  search_text: string;
  /** Cameras that are switched on, and how many of those are live. Kept by triggers of `cameras` and `camera_states`. */
  cameras_on: Generated<number>;
  cameras_live: Generated<number>;
  /** Null: as the election. */
  opens_at: Generated<Date | null>;
  closes_at: Generated<Date | null>;
  count_ends_at: Generated<Date | null>;
}

export interface CameraTable {
  id: string;
  station_id: string;
  name: string;
  position: number;
  enabled: boolean;
  source_kind: 'rtsp' | 'rtsps' | 'srt' | 'rtmp' | 'push-rtmp';
  /** The source without any secret, for people. */
  source_display: string;
  has_credentials: boolean;
  /** The whole source, AES-256-GCM. Null for a pushed camera. */
  source_cipher: Buffer | null;
  /** SHA-256 of the stream key of a pushed camera. */
  stream_key_hash: Buffer | null;
  /** Goes up with each change that a running packager must act on. */
  settings_version: Generated<number>;
  created_at: Created;
}

export interface CameraStateTable {
  camera_id: string;
  generation: Big;
  state: CameraStateName;
  since: Timestamp;
  reason_code: FaultCode | null;
  last_frame_at: Timestamp | null;
  codec: string | null;
  audio_codec: string | null;
  width: number | null;
  height: number | null;
  fps: number | null;
  bitrate: number | null;
}

/** Who owns a camera. `generation` is the fencing token: it goes up with each new owner and never down. */
export interface CameraLeaseTable {
  camera_id: string;
  generation: Big;
  packager_id: string;
  expires_at: Timestamp;
}

export interface PackagerTable {
  id: string;
  /** Base address of its live origin, as the api reaches it. */
  origin_url: string;
  capacity: number;
  heartbeat_at: Timestamp;
  started_at: Timestamp;
  /** Why it records nothing now; null: it records. */
  storage_fault: FaultCode | null;
  /** What it last said of the disk it records to. */
  disk: ColumnType<DiskReport | null, string | null | undefined, string | null>;
  /** Its rows wait on its disk since then; null: the database takes them. */
  rows_refused_since: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

/** One row: which deployment this database is of. */
export interface DeploymentTable {
  id: string;
}

/** Media folders that a packager has recorded into: one whose marker is missing is not mounted. */
export interface MediaVolumeTable {
  host: string;
  directory: string;
  marked_at: Created;
}

/** What never changes in a camera's live list, over all runs and owners. */
export interface CameraStreamTable {
  camera_id: string;
  /** EXT-X-TARGETDURATION, seconds. */
  target_duration: number;
}

/** One life of one ffmpeg process. */
export interface RunTable {
  id: string;
  camera_id: string;
  generation: Big;
  discontinuity_sequence: number;
  started_at: Timestamp;
  init_segment: Buffer;
  codecs: string;
  width: number;
  height: number;
  ended_at: Timestamp | null;
  end_reason: FaultCode | null;
  end_detail: string | null;
}

/** The index of the recording: one row a segment, gaps included. Written by the lease holder only. */
export interface SegmentTable {
  camera_id: string;
  media_sequence: Big;
  generation: number;
  kind: 'media' | 'gap';
  /** Null for a gap. */
  run_id: string | null;
  discontinuity_sequence: number;
  starts_at: Timestamp;
  /** 90 kHz. */
  duration_ticks: Big;
  /** Whether a decoder may start here. */
  independent: boolean;
  gap_cause: FaultCode | null;
  /** Number of its chunk file in the run (`fileOf` in libs/storage); null for a gap, and after the bytes were deleted. */
  chunk: number | null;
  byte_offset: number | null;
  byte_length: number | null;
  /** Of the bytes as they were read back from the disk; stays when they are deleted. */
  sha256: Buffer | null;
  /** Decode time of the first picture in its run, 90 kHz. */
  media_time: Big | null;
  /** The recorder's monotonic clock when the segment began; comparable within one run only. */
  monotonic_ms: Big | null;
  /** Offsets of the fragments after the first that begin with a key frame (`keyFrameOffsets` in libs/streams); null: there are none. */
  key_frames: Buffer | null;
  /** The bytes were deleted by retention; the row stays as their tombstone. */
  deleted_at: Timestamp | null;
}

/** Chunk files that are verified to be in the remote storage, whether or not a packager still has its own copy. */
export interface StoredChunkTable {
  /** Below a media folder; also its name there. */
  file: string;
  byte_length: Big;
  sha256: Buffer;
  stored_at: Created;
  /** Its rows are tombstones: it is to be deleted there, then this row. */
  doomed_at: Timestamp | null;
}

/** Sheets of small pictures that are stored. */
export interface ScrubSheetTable {
  camera_id: string;
  starts_at: Timestamp;
  made_at: Timestamp;
}

/** Footage of this range, of a camera or of all cameras of a station, is not deleted. The row stays for ever. */
export interface HoldTable {
  id: string;
  camera_id: string | null;
  station_id: Generated<string | null>;
  from_at: Timestamp;
  to_at: Timestamp;
  reason: string;
  incident_id: string | null;
  created_at: Created;
  owner_id: string | null;
  /** Null: never. */
  expires_at: Timestamp | null;
  release_asked_at: Timestamp | null;
  release_asked_by: string | null;
  /** Roles that the asker had then. */
  release_asked_as: Role[] | null;
  release_reason: string | null;
  /** Never who asked: the database refuses that. */
  released_by: string | null;
  released_at: Timestamp | null;
  /** What was on record of it when it was counted. */
  bytes: Big | null;
  bytes_at: Timestamp | null;
}

/** Append-only. */
export interface HoldEventTable {
  id: string;
  hold_id: string;
  type: 'made' | 'prolonged' | 'release-asked' | 'release-refused' | 'released';
  actor_id: string;
  at: Timestamp;
  reason: string;
  /** The new expiry, of `made` and `prolonged`. */
  expires_at: Timestamp | null;
}

/** What holds keep of a camera in a part of an hour; what several cover is counted once. */
export interface HeldPieceTable {
  camera_id: string;
  from_at: Timestamp;
  to_at: Timestamp;
  is_first: boolean;
  bytes: Big;
  counted_at: Timestamp;
}

/** One row: what holds keep altogether, against their budget. */
export interface HoldUsageTable {
  used_bytes: Big;
  /** Null: there is no budget. */
  limit_bytes: Big | null;
  level: HoldBudgetLevel;
  level_since: Timestamp;
  counted_at: Timestamp;
}

/** Each time a camera was switched on or off. */
export interface CameraSwitchTable {
  camera_id: string;
  at: Timestamp;
  enabled: boolean;
  actor_id: string | null;
}

/** Planned time of a camera without footage. Gaps of one camera do not overlap. */
export interface GapTable {
  id: Generated<string>;
  camera_id: string;
  from_at: Timestamp;
  /** Null: it goes on. */
  to_at: Timestamp | null;
  cause: GapCause;
  actor_id: string | null;
}

/** How far the gaps of a camera are known. */
export interface GapProgressTable {
  camera_id: string;
  /** The plan that the gaps were told by; another plan, and they are told anew. */
  planned_from: Timestamp;
  planned_to: Timestamp;
  /** Planned time up to here is either on record or in `gaps`. */
  covered_until: Timestamp;
  /** Of the newest row that was looked at. */
  media_sequence: Big;
  /** When its first footage begins, and the end of what its rows speak of. */
  recorded_from: Timestamp | null;
  recorded_to: Timestamp | null;
}

export interface UserTable {
  id: string;
  email: string;
  name: string;
  password_hash: string;
  created_at: Created;
  /** Nobody signs in from then on; null: in use. */
  disabled_at: Generated<Date | null>;
  disabled_reason: Generated<string | null>;
  /** The polling station whose commission they sit on. */
  commission_station_id: Generated<string | null>;
  /** Whom they speak for, by the name in `organisations`; null: nobody, as people of the commission. */
  organisation: Generated<string | null>;
}

/** Whom a person speaks for. */
export interface OrganisationTable {
  id: string;
  name: string;
  /** The name as it is compared. */
  name_key: string;
  kind: ObserverKind;
  created_at: Created;
}

export type ScopeKind = 'all' | 'election' | 'region' | 'station';

/** A right over one stretch of time. Never deleted: it says why something was allowed then. */
export interface GrantTable {
  id: Generated<string>;
  user_id: string;
  role: Role;
  scope_kind: ScopeKind;
  /** Null for `all` only. */
  scope_id: string | null;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
  /** Null: made with the account, by no person. */
  given_by: Generated<string | null>;
  reason: Generated<string | null>;
  ended_by: Generated<string | null>;
  end_reason: Generated<string | null>;
}

export interface SessionTable {
  token_hash: Buffer;
  id: Generated<string>;
  user_id: string;
  created_at: Created;
  expires_at: Timestamp;
  /** To a minute or so. */
  last_seen_at: Generated<Date>;
  address: Generated<string>;
  user_agent: Generated<string>;
  /** When the second factor was shown last within the session. */
  factor_shown_at: Generated<Date | null>;
}

export interface SecondFactorTable {
  user_id: string;
  /** The TOTP secret, AES-256-GCM, for this account. Null: none yet. */
  secret: Generated<Buffer | null>;
  /** Shown to its owner, but not yet proven to be in an app. */
  pending_secret: Generated<Buffer | null>;
  confirmed_at: Generated<Date | null>;
  /** The newest time step whose code was taken. */
  last_step: Generated<number>;
}

export interface RecoveryCodeTable {
  user_id: string;
  /** SHA-256. */
  code_hash: Buffer;
  created_at: Created;
  used_at: Generated<Date | null>;
}

export interface PersonalTokenTable {
  id: string;
  user_id: string;
  name: string;
  /** SHA-256. */
  token_hash: Buffer;
  permissions: Permission[];
  scope_kind: ScopeKind;
  scope_id: string | null;
  created_at: Created;
  expires_at: Timestamp;
  last_used_at: Generated<Date | null>;
  revoked_at: Generated<Date | null>;
}

export interface IncidentCodeTable {
  code: string;
  version: number;
  group_code: string;
  group_label: string;
  label: string;
  severity: 'S1' | 'S2' | 'S3' | 'S4';
  digit: number | null;
  sort: number;
  hidden: Generated<boolean>;
  /** Of a deployment's own code: the code of the taxonomy that it counts as. */
  parent_code: Generated<string | null>;
}

export interface IncidentCodeLabelTable {
  code: string;
  lang: string;
  group_label: string;
  label: string;
}

export interface IncidentTable {
  id: string;
  number: Generated<number>;
  election_id: string;
  station_id: string;
  camera_id: string;
  state: IncidentState;
  code: string;
  severity: 'S1' | 'S2' | 'S3' | 'S4';
  note: string | null;
  at: Timestamp;
  from_at: Timestamp;
  to_at: Timestamp;
  pressed_at: Timestamp;
  delay_ms: number;
  received_at: Timestamp;
  /** Null: the system. */
  reporter_id: string | null;
  version: number;
  /** Whose commission decides: the station's region until it is routed elsewhere. */
  region_id: string;
  /** Of the reporter when it was flagged. */
  reporter_organisation: string | null;
  reported_severity: 'S1' | 'S2' | 'S3' | 'S4';
  severity_by: Generated<string | null>;
  outcome: Outcome | null;
  reason_code: string | null;
  round: Generated<number>;
  /** Who has claimed it; gone when `held_until` has passed. */
  holder_id: Generated<string | null>;
  held_until: Generated<Date | null>;
  return_to: 'triaging' | 'in_review' | null;
  answer_due: Generated<Date | null>;
  paused_at: Generated<Date | null>;
  merged_into: Generated<string | null>;
  corroboration: Generated<number>;
  reopen_asked_by: Generated<string | null>;
  reopen_asked_at: Generated<Date | null>;
  reopen_reason: Generated<string | null>;
  quarantine: Generated<Quarantine>;
  quarantine_by: Generated<string | null>;
  lift_asked_by: Generated<string | null>;
  escalated: Generated<Escalation>;
  publication: Generated<Publication>;
  claim_due: Generated<Date | null>;
  decide_due: Generated<Date | null>;
  /** Of the clock that runs now; null: none does. */
  due_at: Generated<Date | null>;
  overdue: Generated<'none' | 'lead' | 'chair'>;
  claimed_at: Generated<Date | null>;
  decided_at: Generated<Date | null>;
  closed_at: Generated<Date | null>;
  /** Lower-case text that the search looks in; kept by the writer. */
  search_text: Generated<string>;
  /** Who handed the claim to its holder; null: the holder claimed it. */
  handed_by: Generated<string | null>;
  handed_at: Generated<Date | null>;
  handed_reason: Generated<string | null>;
  readonly of_count: ColumnType<boolean, never, never>;
}

/** What an incident was from a version on. Append-only. */
export interface IncidentVersionTable {
  incident_id: string;
  version: number;
  at: Timestamp;
  actor_id: string | null;
  action: CaseAction;
  facts: ColumnType<Record<string, unknown>, string, never>;
}

/** One person's finding in one round. Append-only. */
export interface IncidentVoteTable {
  id: string;
  incident_id: string;
  round: number;
  stage: 'scope' | 'first' | 'second' | 'panel';
  voter_id: string;
  is_chair: boolean;
  outcome: Outcome;
  reason_code: string;
  reason: string;
  from_at: Timestamp | null;
  to_at: Timestamp | null;
  evidence: ColumnType<{ cameraId: string; from: string; to: string; note?: string }[], string, never>;
  at: Timestamp;
  salt: Buffer;
  commitment: Buffer;
}

/** Append-only: the decision of a later round supersedes it. */
export interface IncidentDecisionTable {
  incident_id: string;
  round: number;
  made_by: 'triage' | 'one' | 'two' | 'panel';
  outcome: Outcome;
  reason_code: string;
  at: Timestamp;
  /** Whether it was drawn for a second look; null: not known. */
  sampled: Generated<boolean | null>;
  /** What it was made on, kept by the database: the incident may change when it is reopened. */
  readonly code: ColumnType<string, never, never>;
  readonly severity: ColumnType<'S1' | 'S2' | 'S3' | 'S4', never, never>;
  readonly region_id: ColumnType<string, never, never>;
  readonly station_id: ColumnType<string, never, never>;
  readonly received_at: ColumnType<Date, never, never>;
  /** Of the clock of that round; null: it had none, or it is not known. */
  readonly due_at: ColumnType<Date | null, never, never>;
}

/** Append-only. */
export interface IncidentAddendumTable {
  id: string;
  incident_id: string;
  kind: 'addendum' | 'question' | 'answer';
  text: string;
  author_id: string | null;
  at: Timestamp;
}

/** How fast incidents of an election are to be worked on; an election without a row has the usual clocks. */
export interface ReviewClockTable {
  election_id: string;
  clocks: ColumnType<unknown, string, string>;
}

/** Append-only: the database refuses to change or delete a row. */
export interface IncidentEventTable {
  id: string;
  incident_id: string;
  type: 'flagged' | 'described' | 'withdrawn' | 'clip-ready' | 'clip-failed' | 'clock-missed' | OutageEvent | CaseAction;
  actor_id: string | null;
  at: Timestamp;
  detail: ColumnType<Record<string, unknown>, string, never>;
}

export interface IncidentClipTable {
  incident_id: string;
  state: 'waiting' | 'cutting' | 'ready' | 'failed';
  ready_after: Timestamp;
  from_at: Timestamp | null;
  to_at: Timestamp | null;
  clip_file: string | null;
  still_file: string | null;
  bytes: Big | null;
  sha256: string | null;
  gap_ms: number | null;
  failure: string | null;
}

export interface IdempotencyKeyTable {
  user_id: string;
  route: string;
  key: string;
  request_hash: Buffer;
  /** Null only within the transaction of the first try. */
  response_body: ColumnType<unknown, string | null, string | null>;
  created_at: Created;
}

/** Events written in the transaction of their cause, published after it. */
export interface OutboxTable {
  id: Generated<number>;
  event: string;
  payload: ColumnType<unknown, string, never>;
  created_at: Created;
}

/** Bodies too long for a NOTIFY; the notification names the row. */
export interface FanoutMessageTable {
  id: Generated<number>;
  body: string;
  created_at: Created;
}

/** An incident that the system raised, and the outage behind it. */
export interface SystemIncidentTable {
  incident_id: string;
  /** Of several cameras that failed together; null: of one camera. */
  region_id: string | null;
  from_at: Timestamp;
  /** Null: it goes on. */
  to_at: Timestamp | null;
}

/** A camera that should be on air and shows nothing. One open one a camera. */
export interface CameraOutageTable {
  id: string;
  camera_id: string;
  from_at: Timestamp;
  /** Since when the camera is well, while the outage is not over yet. */
  well_since: Timestamp | null;
  to_at: Timestamp | null;
  /** How often the camera was well in between. */
  flaps: Generated<number>;
  /** Null: not raised yet. */
  incident_id: string | null;
  reason_code: FaultCode | null;
}

/** The end of each chain of audit events; locked while one is added. */
export interface AuditHeadTable {
  election_id: string;
  seq: Big;
  previous_hash: Buffer;
  hash: Buffer;
}

/** Append-only: the database refuses to change or delete a row. Written by `AuditLog` only. */
export interface AuditEventTable {
  election_id: string;
  seq: Big;
  at: Timestamp;
  actor_kind: 'user' | 'system' | 'public';
  actor_id: string | null;
  grant_role: string | null;
  grant_scope: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  region_id: string | null;
  station_id: string | null;
  from_value: string | null;
  to_value: string | null;
  reason: string | null;
  request_id: string | null;
  detail: ColumnType<Record<string, unknown>, string, never>;
  previous_hash: Buffer;
  hash: Buffer;
}

/** A package of an incident that was asked for. */
export interface EvidencePackageTable {
  id: string;
  incident_id: string;
  state: Generated<EvidenceState>;
  /** Percent. */
  progress: Generated<number>;
  reason: string;
  recipient: string;
  language: ReportLanguage;
  requested_by: string;
  requested_at: Timestamp;
  finished_at: Timestamp | null;
  /** Name in the store; only of a ready one. */
  file: string | null;
  bytes: Big | null;
  sha256: string | null;
  manifest_sha256: string | null;
  failure: string | null;
}

type StoredAccreditationState = (typeof STORED_ACCREDITATION_STATES)[number];

/** An application to observe an election, and what became of it. */
export interface AccreditationTable {
  id: string;
  election_id: string;
  state: StoredAccreditationState;
  /** SHA-256 of the secret reference. */
  reference_hash: Buffer;
  /** SHA-256 of what was asked for: a repetition of the request asks for the same. */
  request_hash: Buffer;
  name: string;
  email: string;
  phone: string | null;
  kind: ObserverKind;
  /** As the applicant wrote it. */
  organisation: string;
  /** As it is counted; null before it was approved. */
  organisation_id: string | null;
  statement: string | null;
  /** Empty: anywhere. */
  wished_regions: string[];
  submitted_at: Timestamp;
  /** Who was signed in when it was sent, if anybody was. */
  submitted_by: string | null;
  /** A commission entered it itself, decided already. */
  imported: Generated<boolean>;
  due_at: Timestamp;
  /** In `needs_info` only: since when the clock of the deadline stands. */
  asked_at: Timestamp | null;
  /** Of the first decision. */
  decided_at: Timestamp | null;
  /** Of the latest decision. */
  reason: string | null;
  number: string | null;
  scope_kind: 'election' | 'regions' | 'stations' | null;
  scope_ids: string[] | null;
  valid_from: Timestamp | null;
  valid_to: Timestamp | null;
  /** The account that acts under it. */
  user_id: string | null;
}

/** Append-only: the database refuses to change or delete a row. */
export interface AccreditationEventTable {
  seq: Generated<number>;
  accreditation_id: string;
  action: (typeof ACCREDITATION_ACTIONS)[number];
  from_state: StoredAccreditationState | null;
  to_state: StoredAccreditationState;
  at: Timestamp;
  /** Null: the applicant. */
  actor_id: string | null;
  reason: string | null;
}

/** The rights that were given under an accreditation. */
export interface AccreditationGrantTable {
  grant_id: string;
  accreditation_id: string;
}

export interface AccreditationDocumentTable {
  id: string;
  accreditation_id: string;
  name: string;
  type: (typeof DOCUMENT_TYPES)[number];
  bytes: Big;
  sha256: string;
  file: string;
  added_at: Timestamp;
}

/** Written as JSON text. */
type Json<T> = ColumnType<T, string, never>;

/** A question in a version of a form; nothing but `hidden` ever changes. Codes that begin with `X-` are a deployment's own. */
export interface ReportQuestionTable {
  form: ReportForm;
  version: number;
  code: string;
  section: string;
  sort: number;
  required: boolean;
  spec: Json<QuestionSpec>;
  shown_if: Json<ShownIf[]>;
  concern: ColumnType<Concern | null, string | null, never>;
  hidden: Generated<boolean>;
}

/** What sections, questions and options are called: `section:…`, `question:…`, `option:<question>.…`. */
export interface ReportLabelTable {
  subject: string;
  lang: string;
  text: string;
}

/** Append-only, as its versions: a form that somebody filled in. */
export interface ReportObservationTable {
  id: string;
  election_id: string;
  region_id: string;
  station_id: string;
  form: ReportForm;
  reporter_id: string;
  organisation: string | null;
}

export interface ReportObservationVersionTable {
  observation_id: string;
  version: number;
  form_version: number;
  answers: Json<Answers>;
  concerns: number;
  /** By the reporter's device. */
  observed_at: Timestamp;
  received_at: Timestamp;
  /** Null for the first. */
  reason: string | null;
}

/** Append-only, as its states and checks: an e-voting device of a station. */
export interface StationDeviceTable {
  id: string;
  election_id: string;
  station_id: string;
  kind: DeviceKind;
  source: 'commission' | 'observer';
  organisation: string | null;
  added_by: string;
  added_at: Timestamp;
}

export interface StationDeviceStateTable {
  device_id: string;
  seq: number;
  state: DeviceState;
  serial: string;
  seals: string[];
  at: Timestamp;
  received_at: Timestamp;
  actor_id: string;
  reason: string;
}

/** A zero or result tape that somebody looked at. */
export interface DeviceCheckTable {
  id: string;
  device_id: string;
  /** The state of the register that it was held against. */
  device_seq: number;
  kind: CheckKind;
  serial: string;
  seals: string[];
  printed: boolean;
  printed_at: Timestamp | null;
  numbers: Json<OptionCount[]>;
  protocol: Json<OptionCount[]>;
  photo_sha256: string | null;
  note: string | null;
  findings: Json<CheckFinding[]>;
  observed_at: Timestamp;
  received_at: Timestamp;
  reporter_id: string;
  organisation: string | null;
}

/** Incidents that were made of findings. */
export interface DeviceCheckFlagTable {
  check_id: string;
  finding: string;
  incident_id: string;
  at: Timestamp;
}

export interface Database {
  elections: ElectionTable;
  regions: RegionTable;
  stations: StationTable;
  cameras: CameraTable;
  camera_states: CameraStateTable;
  camera_leases: CameraLeaseTable;
  packagers: PackagerTable;
  deployment: DeploymentTable;
  media_volumes: MediaVolumeTable;
  camera_streams: CameraStreamTable;
  runs: RunTable;
  segments: SegmentTable;
  camera_switches: CameraSwitchTable;
  gaps: GapTable;
  gap_progress: GapProgressTable;
  stored_chunks: StoredChunkTable;
  scrub_sheets: ScrubSheetTable;
  holds: HoldTable;
  hold_events: HoldEventTable;
  held_pieces: HeldPieceTable;
  hold_usage: HoldUsageTable;
  users: UserTable;
  grants: GrantTable;
  sessions: SessionTable;
  incident_codes: IncidentCodeTable;
  incidents: IncidentTable;
  incident_events: IncidentEventTable;
  incident_clips: IncidentClipTable;
  idempotency_keys: IdempotencyKeyTable;
  system_incidents: SystemIncidentTable;
  camera_outages: CameraOutageTable;
  outbox: OutboxTable;
  fanout_messages: FanoutMessageTable;
  second_factors: SecondFactorTable;
  recovery_codes: RecoveryCodeTable;
  personal_tokens: PersonalTokenTable;
  incident_code_labels: IncidentCodeLabelTable;
  incident_versions: IncidentVersionTable;
  incident_votes: IncidentVoteTable;
  incident_decisions: IncidentDecisionTable;
  incident_addenda: IncidentAddendumTable;
  review_clocks: ReviewClockTable;
  audit_heads: AuditHeadTable;
  audit_events: AuditEventTable;
  evidence_packages: EvidencePackageTable;
  organisations: OrganisationTable;
  accreditations: AccreditationTable;
  accreditation_events: AccreditationEventTable;
  accreditation_grants: AccreditationGrantTable;
  accreditation_documents: AccreditationDocumentTable;
  report_questions: ReportQuestionTable;
  report_labels: ReportLabelTable;
  report_observations: ReportObservationTable;
  report_observation_versions: ReportObservationVersionTable;
  station_devices: StationDeviceTable;
  station_device_states: StationDeviceStateTable;
  device_checks: DeviceCheckTable;
  device_check_flags: DeviceCheckFlagTable;
}

export type Row<T extends keyof Database> = Selectable<Database[T]>;
export type NewRow<T extends keyof Database> = Insertable<Database[T]>;
