import { type PublicIncident, RECORD_LICENSE } from '@app/contracts';
import { csvLine } from '@app/platform';

/** What stands around the incidents of a file. */
export interface RecordFacts {
  election: { id: string; name: string };
  quarantined: number;
  /** Where this deployment is, without a slash at the end; empty: addresses stay relative. */
  publicUrl: string;
}

/** A form of the record: the text before the incidents, each of them, between them, and after. */
export interface RecordForm {
  head: (facts: RecordFacts) => string;
  one: (incident: PublicIncident, facts: RecordFacts) => string;
  between: string;
  tail: string;
}

const license = { license: RECORD_LICENSE.name, licenseUrl: RECORD_LICENSE.url };
const withUrl = (incident: PublicIncident, { publicUrl }: RecordFacts): PublicIncident => ({
  ...incident,
  url: publicUrl + incident.url,
});

/** An object whose last field is the list: it is written while it is read. */
function opened(fields: Record<string, unknown>, list: string): string {
  return `${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(list)}:[\n`;
}

export const JSON_FORM: RecordForm = {
  head: ({ election, quarantined }) => opened({ ...license, election, quarantined }, 'incidents'),
  one: (incident, facts) => JSON.stringify(withUrl(incident, facts)),
  between: ',\n',
  tail: '\n]}\n',
};

export const GEOJSON_FORM: RecordForm = {
  head: ({ election, quarantined }) => opened({ type: 'FeatureCollection', ...license, election, quarantined }, 'features'),
  one: (incident, facts) => {
    const { station } = incident;
    const { id, ...properties } = withUrl(incident, facts);
    // RFC 7946: longitude first; a place that is not known is no place at all.
    const geometry =
      station.lat === null || station.lon === null ? null : { type: 'Point', coordinates: [station.lon, station.lat] };
    return JSON.stringify({ type: 'Feature', id, geometry, properties });
  },
  between: ',\n',
  tail: '\n]}\n',
};

export const CSV_COLUMNS = [
  'number',
  'id',
  'code',
  'code_label',
  'severity',
  'outcome',
  'reason_code',
  'reasons',
  'dissent',
  'decided_by',
  'decided_at',
  'reopened',
  'corroboration',
  'detail',
  'region',
  'station',
  'station_name',
  'lat',
  'lon',
  'timezone',
  'camera',
  'at',
  'from',
  'to',
  'url',
  'license',
] as const;

/** One row an incident, whatever is in its texts. */
export const CSV_FORM: RecordForm = {
  head: () => csvLine(CSV_COLUMNS),
  one: (incident, facts) => {
    const { station, camera } = incident;
    return csvLine([
      ...[incident.number, incident.id, incident.code, incident.codeLabel, incident.severity, incident.outcome],
      ...[incident.reasonCode, incident.reasons.join(' | ')],
      incident.dissent.map(({ outcome, reason }) => `${outcome}: ${reason}`).join(' | '),
      ...[incident.decidedBy, incident.decidedAt, String(incident.reopened), incident.corroboration, incident.detail],
      ...[station.regions.join(' / '), station.code, station.name, station.lat, station.lon, station.timezone],
      ...[camera?.name, incident.at, incident.from, incident.to, withUrl(incident, facts).url, RECORD_LICENSE.name],
    ]);
  },
  between: '',
  tail: '',
};
