import { healthLines } from './health-words';

const ok = { ok: true };

describe('the words for the server', () => {
  it('are the disk first, and no more than that it has room when nothing is wrong', () => {
    const [disk] = healthLines({ status: 'ok', checks: { database: ok, queue: ok, storage: ok, packagers: ok, holds: ok } });
    expect(disk).toEqual({ name: 'Recording disk', tone: 'live', word: 'Enough room', detail: null });
  });

  it('have a line for held footage, with what its budget says', () => {
    const holds = { ok: true, detail: 'Holds keep 7.2 of 10.0 GB, 72 % of their budget' };
    const lines = healthLines({ status: 'degraded', checks: { database: ok, queue: ok, storage: ok, packagers: ok, holds } });
    expect(lines[2]).toEqual({ name: 'Held footage', tone: 'late', word: 'Needs attention', detail: holds.detail });
  });

  it('tell a warning and a failure apart, with what the server says', () => {
    const storage = { ok: true, detail: 'The disk is 83 % full' };
    const database = { ok: false, detail: 'No answer within 3 seconds' };
    const lines = healthLines({ status: 'failing', checks: { database, queue: ok, storage, packagers: ok, holds: ok } });
    expect(lines[0]).toMatchObject({ word: 'Needs attention', tone: 'late', detail: 'The disk is 83 % full' });
    expect(lines[3]).toMatchObject({ word: 'Failing', tone: 'down', detail: 'No answer within 3 seconds' });
  });
});
