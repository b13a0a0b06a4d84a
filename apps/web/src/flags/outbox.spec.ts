import {
  beginTry,
  canUndo,
  describe as addDetails,
  isDue,
  isSettled,
  isUnsent,
  newEntry,
  nextStep,
  onDescribed,
  onFailed,
  onReceived,
  onWithdrawn,
  undo,
} from './outbox';

const pressedAt = Date.UTC(2026, 10, 22, 9, 0, 0);
const entry = newEntry(
  {
    key: 'k',
    userId: 'u',
    stationCode: '0412',
    stationName: 'School 4',
    timezone: 'UTC',
    cameraName: 'Ballot box',
    pressed: {
      cameraId: 'c',
      at: '2026-11-22T08:59:58.000Z',
      clock: { pressedAt: new Date(pressedAt).toISOString(), delayMs: 2000 },
    },
  },
  pressedAt,
);
const received = onReceived(beginTry(entry), { id: 'i', number: 7, receivedAt: '2026-11-22T09:00:00.100Z' });
const unreachable = { status: 0, code: 'network.unreachable', message: 'The server cannot be reached.' };
const refusal = { status: 422, code: 'incident.code-unknown', message: 'No such category.' };

describe('the outbox of flags', () => {
  it('sends a new flag at once', () => {
    expect(nextStep(entry)).toEqual({ kind: 'send' });
    expect(isDue(entry, pressedAt)).toBe(true);
    expect(isUnsent(entry)).toBe(true);
  });

  it('is done with a flag the server has', () => {
    expect(nextStep(received)).toBeNull();
    expect(isUnsent(received)).toBe(false);
  });

  it('tries again later and later, at most a minute apart, and never gives up', () => {
    let current = entry;
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      current = onFailed(beginTry(current), { kind: 'send' }, unreachable, pressedAt, 0.5);
      waits.push(current.nextTryAt - pressedAt);
    }
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(Math.max(...waits)).toBe(60_000);
    expect(nextStep(current)).toEqual({ kind: 'send' });
    expect(current.problem).toEqual({ code: unreachable.code, message: unreachable.message });
  });

  it.each([401, 408, 429, 500, 503, 0])('status %i is no refusal', (status) => {
    const next = onFailed(beginTry(entry), { kind: 'send' }, { ...unreachable, status }, pressedAt, 0.5);
    expect(next.delivery).toEqual({ kind: 'saved' });
  });

  it.each([400, 403, 404, 409, 413, 422])('status %i is kept as refused and shown', (status) => {
    const next = onFailed(beginTry(entry), { kind: 'send' }, { ...refusal, status }, pressedAt, 0.5);
    expect(next.delivery).toEqual({ kind: 'refused', code: refusal.code, message: refusal.message });
    expect(isUnsent(next)).toBe(true);
    expect(nextStep(next)).toBeNull();
    expect(isSettled(next, pressedAt + 10 * 86_400_000)).toBe(false);
  });

  it('sends a category chosen before the flag was received as a change after it', () => {
    const chosen = addDetails(entry, { code: 'VOT-01' });
    expect(nextStep(chosen)).toEqual({ kind: 'send' });
    const there = onReceived(beginTry(chosen), { id: 'i', number: 7, receivedAt: 'r' });
    expect(nextStep(there)).toEqual({ kind: 'describe', incidentId: 'i', change: { code: 'VOT-01' } });
  });

  it('sends only what the server does not have yet', () => {
    const both = addDetails(onDescribed(addDetails(received, { code: 'VOT-01' }), { code: 'VOT-01' }), { note: 'two ballots' });
    expect(nextStep(both)).toEqual({ kind: 'describe', incidentId: 'i', change: { note: 'two ballots' } });
    expect(nextStep(onDescribed(both, { note: 'two ballots' }))).toBeNull();
  });

  it('a note changed while the former one was under way is sent too', () => {
    const typing = addDetails(received, { note: 'two' });
    const typed = addDetails(typing, { note: 'two ballots' });
    expect(nextStep(onDescribed(typed, { note: 'two' }))).toMatchObject({ change: { note: 'two ballots' } });
  });

  it('refused details are shown and not repeated until they change', () => {
    const step = { kind: 'describe', incidentId: 'i', change: { code: 'X' } } as const;
    const refused = onFailed(addDetails(received, { code: 'X' }), step, refusal, pressedAt, 0.5);
    expect(refused.detailsProblem).toEqual({ code: refusal.code, message: refusal.message });
    expect(nextStep(refused)).toBeNull();
    expect(nextStep(addDetails(refused, { code: 'Y' }))).toMatchObject({ kind: 'describe' });
  });
});

describe('undo', () => {
  it('takes back on this device a flag that never left it', () => {
    const undone = undo(entry);
    expect(undone.delivery).toEqual({ kind: 'never-sent' });
    expect(nextStep(undone)).toBeNull();
    expect(isUnsent(undone)).toBe(false);
  });

  it('asks the server when the flag may have arrived, even without an answer', () => {
    const inFlight = undo(beginTry(entry));
    expect(nextStep(inFlight)).toEqual({ kind: 'send' });
    const there = onReceived(inFlight, { id: 'i', number: 7, receivedAt: 'r' });
    expect(nextStep(there)).toEqual({ kind: 'withdraw', incidentId: 'i' });
    expect(nextStep(onWithdrawn(there))).toBeNull();
  });

  it('is offered for ten seconds after the press', () => {
    expect(canUndo(received, pressedAt + 10_000)).toBe(true);
    expect(canUndo(received, pressedAt + 10_001)).toBe(false);
    expect(canUndo(undo(received), pressedAt)).toBe(false);
  });

  it('that came too late leaves the flag and says so', () => {
    const late = onFailed(undo(received), { kind: 'withdraw', incidentId: 'i' }, { ...refusal, status: 409 }, pressedAt, 0.5);
    expect(late.undo).toEqual({ kind: 'refused', code: refusal.code, message: refusal.message });
    expect(late.delivery.kind).toBe('received');
    expect(nextStep(late)).toBeNull();
  });
});

it('forgets what the server has after a day', () => {
  expect(isSettled(received, pressedAt + 80_000_000)).toBe(false);
  expect(isSettled(received, pressedAt + 90_000_000)).toBe(true);
});
