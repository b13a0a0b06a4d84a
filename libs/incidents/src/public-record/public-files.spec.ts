import { parse } from 'csv-parse/sync';
import { PublicIncident } from '@app/contracts';
import { CSV_COLUMNS, CSV_FORM, GEOJSON_FORM, JSON_FORM, type RecordForm } from './public-files';

const FACTS = { election: { id: 'e', name: 'Выборы' }, quarantined: 3, publicUrl: 'https://polls.example' };
const INCIDENT: PublicIncident = {
  id: 'e588c913-6cdb-48cd-9b4d-15ce17b9031e',
  number: 7,
  code: 'VOT-01',
  codeLabel: 'Ballot-box stuffing',
  severity: 'S1',
  outcome: 'confirmed',
  reasonCode: 'seen',
  reasons: ['He said "stop",\nand went on.', 'Agreed'],
  dissent: [{ outcome: 'inconclusive', reason: 'Blocked' }],
  decidedBy: 'two',
  decidedAt: '2026-10-25T12:00:00.000Z',
  reopened: false,
  corroboration: 2,
  detail: 'full',
  station: { code: '0412', name: '=HYPERLINK("x")', regions: ['North', 'Town'], lat: 41.3, lon: 69.2, timezone: 'Asia/Tashkent' },
  camera: { id: '0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d11', name: 'Зал', position: 1 },
  at: '2026-10-25T09:00:04.000Z',
  from: '2026-10-25T09:00:00.000Z',
  to: '2026-10-25T09:00:10.000Z',
  url: '/s/0412?cam=1&t=x',
};
const coarse: PublicIncident = {
  ...INCIDENT,
  number: 8,
  station: { ...INCIDENT.station, lat: null, lon: null },
  camera: null,
  at: null,
  from: null,
  to: null,
};

function textOf(form: RecordForm, incidents: readonly PublicIncident[]): string {
  return form.head(FACTS) + incidents.map((incident) => form.one(incident, FACTS)).join(form.between) + form.tail;
}

describe('the files of the public record', () => {
  it('are JSON that says its license and how many are withheld', () => {
    const file = JSON.parse(textOf(JSON_FORM, [INCIDENT, coarse])) as { incidents: PublicIncident[] };
    expect(file).toMatchObject({ license: 'CC0-1.0', quarantined: 3, election: FACTS.election });
    expect(file.incidents.map(({ number }) => number)).toEqual([7, 8]);
    expect(PublicIncident.parse(file.incidents[0])).toEqual({ ...INCIDENT, url: 'https://polls.example/s/0412?cam=1&t=x' });
  });

  it('are JSON also when there is nothing', () => {
    expect(JSON.parse(textOf(JSON_FORM, [])).incidents).toEqual([]);
    expect(JSON.parse(textOf(GEOJSON_FORM, [])).features).toEqual([]);
    expect(parse(textOf(CSV_FORM, []))).toEqual([[...CSV_COLUMNS]]);
  });

  it('are GeoJSON with longitude first, and no place where none is known', () => {
    const file = JSON.parse(textOf(GEOJSON_FORM, [INCIDENT, coarse])) as { type: string; features: { geometry: unknown }[] };
    expect(file.type).toBe('FeatureCollection');
    expect(file.features.map(({ geometry }) => geometry)).toEqual([{ type: 'Point', coordinates: [69.2, 41.3] }, null]);
    expect(file.features[0]).toMatchObject({ type: 'Feature', id: INCIDENT.id, properties: { number: 7, outcome: 'confirmed' } });
  });

  it('are CSV with one row an incident, whatever its texts hold, and no formulas', () => {
    const rows = parse<Record<string, string>>(textOf(CSV_FORM, [INCIDENT, coarse]), { columns: true });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      number: '7',
      reasons: 'He said "stop",\nand went on. | Agreed',
      dissent: 'inconclusive: Blocked',
      station_name: `'=HYPERLINK("x")`,
      license: 'CC0-1.0',
      reopened: 'false',
    });
    expect(rows[1]).toMatchObject({ number: '8', at: '', camera: '', lat: '' });
  });
});
