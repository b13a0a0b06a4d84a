import type { Outcome, PublicIncident, PublishedMark } from '@app/contracts';
import type { PublicRow } from './public-rows';

/** One incident for everybody. @param regions names from the outermost down */
export function toPublicIncident(row: PublicRow, regions: string[]): PublicIncident {
  const isFull = row.publication === 'full';
  const station = { code: row.station_code, name: row.station_name, regions, lat: row.lat, lon: row.lon, timezone: row.timezone };
  return {
    id: row.id,
    number: row.number,
    code: row.code,
    codeLabel: row.code_label,
    severity: row.severity,
    outcome: row.outcome,
    reasonCode: row.reason_code,
    reasons: isFull ? row.votes.filter(({ outcome }) => outcome === row.outcome).map(({ reason }) => reason) : [],
    dissent: isFull
      ? row.votes
          .filter(({ outcome }) => outcome !== row.outcome)
          .map(({ outcome, reason }) => ({ outcome: outcome as Outcome, reason }))
      : [],
    decidedBy: row.made_by,
    decidedAt: row.decided_at.toISOString(),
    reopened: row.state !== 'decided' && row.state !== 'closed',
    corroboration: row.corroboration,
    detail: isFull ? 'full' : 'coarse',
    station,
    camera: isFull ? { id: row.camera_id, name: row.camera_name, position: row.camera_position } : null,
    at: isFull ? row.at.toISOString() : null,
    from: isFull ? row.from_at.toISOString() : null,
    to: isFull ? row.to_at.toISOString() : null,
    url: isFull ? momentUrl(row.station_code, row.camera_position, row.at) : stationUrl(row.station_code),
  };
}

const stationUrl = (code: string): string => `/s/${encodeURIComponent(code)}`;

function momentUrl(code: string, position: number, at: Date): string {
  return `${stationUrl(code)}?${new URLSearchParams({ cam: String(position), t: at.toISOString() }).toString()}`;
}

/** On the timeline of its station; undefined where no time is published. */
export function toPublishedMark({ camera, at, from, to, ...incident }: PublicIncident): PublishedMark | undefined {
  if (!camera || at === null || from === null || to === null) return undefined;
  const { id, number, code, codeLabel, severity, outcome } = incident;
  return { id, number, cameraId: camera.id, at, from, to, code, codeLabel, severity, outcome };
}
