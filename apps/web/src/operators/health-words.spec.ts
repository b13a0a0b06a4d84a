import { healthLines } from './health-words';

const ok = { ok: true };

describe('the words for the server', () => {
  it('are the disk first, and no more than that it has room when nothing is wrong', () => {
    const [disk] = healthLines({ status: 'ok', checks: { database: ok, queue: ok, storage: ok, packagers: ok } });
    expect(disk).toEqual({ name: 'Recording disk', tone: 'live', word: 'Enough room', detail: null });
  });

  it('tell a warning and a failure apart, with what the server says', () => {
    const storage = { ok: true, detail: 'The disk is 83 % full' };
    const database = { ok: false, detail: 'No answer within 3 seconds' };
    const lines = healthLines({ status: 'failing', checks: { database, queue: ok, storage, packagers: ok } });
    expect(lines[0]).toMatchObject({ word: 'Needs attention', tone: 'late', detail: 'The disk is 83 % full' });
    expect(lines[2]).toMatchObject({ word: 'Failing', tone: 'down', detail: 'No answer within 3 seconds' });
  });
});
