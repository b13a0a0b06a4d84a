import { toPublicIncident, toPublishedMark } from './public-incident';
import type { PublicRow } from './public-rows';

const ROW: PublicRow = {
  id: 'e588c913-6cdb-48cd-9b4d-15ce17b9031e',
  number: 7,
  state: 'decided',
  code: 'VOT-01',
  code_label: 'Ballot-box stuffing',
  severity: 'S1',
  publication: 'full',
  corroboration: 2,
  at: new Date('2026-10-25T09:00:04Z'),
  from_at: new Date('2026-10-25T09:00:00Z'),
  to_at: new Date('2026-10-25T09:00:10Z'),
  camera_id: '0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d11',
  round: 1,
  outcome: 'confirmed',
  reason_code: 'seen',
  made_by: 'panel',
  decided_at: new Date('2026-10-25T12:00:00Z'),
  station_code: 'NOR-17/3',
  station_name: 'School 3',
  station_region_id: 'r',
  lat: 41.3,
  lon: 69.2,
  timezone: 'Asia/Tashkent',
  camera_name: 'Ballot box',
  camera_position: 2,
  votes: [
    { outcome: 'confirmed', reason: 'Seen twice.' },
    { outcome: 'inconclusive', reason: 'The view is blocked.' },
    { outcome: 'confirmed', reason: 'Agreed.' },
  ],
};

describe(toPublicIncident, () => {
  it('tells the decision with the reasons of those who decided so, and the dissent', () => {
    expect(toPublicIncident(ROW, ['North', 'Town'])).toMatchObject({
      outcome: 'confirmed',
      reasons: ['Seen twice.', 'Agreed.'],
      dissent: [{ outcome: 'inconclusive', reason: 'The view is blocked.' }],
      decidedBy: 'panel',
      reopened: false,
      station: { code: 'NOR-17/3', regions: ['North', 'Town'] },
    });
  });

  it('leads to the moment on the page of the station', () => {
    expect(toPublicIncident(ROW, []).url).toBe('/s/NOR-17%2F3?cam=2&t=2026-10-25T09%3A00%3A04.000Z');
  });

  it('keeps camera, times and reasons to itself where only the outline is published', () => {
    const coarse = toPublicIncident({ ...ROW, publication: 'coarse' }, []);
    expect(coarse).toMatchObject({ detail: 'coarse', camera: null, at: null, from: null, to: null, reasons: [], dissent: [] });
    expect(coarse).toMatchObject({ outcome: 'confirmed', reasonCode: 'seen', url: '/s/NOR-17%2F3' });
    expect(toPublishedMark(coarse)).toBeUndefined();
  });

  it('says when a decision is looked at again', () => {
    expect(toPublicIncident({ ...ROW, state: 'in_review' }, []).reopened).toBe(true);
    expect(toPublicIncident({ ...ROW, state: 'closed' }, []).reopened).toBe(false);
  });
});
