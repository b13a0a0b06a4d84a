import type { AuditFacts, ChainedEvent } from './audit-event';
import { canonicalJson } from './canonical-json';
import { bodyOf, CHAIN_START, nextHash, verifyChain } from './chain';

const facts = (action: string, other: Partial<AuditFacts> = {}): AuditFacts => ({
  electionId: 'e',
  at: new Date('2026-10-25T12:00:00.000Z'),
  actor: { kind: 'user', id: 'u' },
  grant: { role: 'triage', scope: 'all' },
  action,
  subject: { kind: 'incident', id: 'i' },
  regionId: null,
  stationId: null,
  from: 'submitted',
  to: 'triaging',
  reason: null,
  requestId: 'r',
  detail: { b: 1, a: [true, { d: 1, c: 2 }] },
  ...other,
});

function chained(all: AuditFacts[]): ChainedEvent[] {
  let previousHash: Buffer = CHAIN_START;
  return all.map((each, index) => {
    const hash = nextHash(previousHash, bodyOf(each));
    const event = { ...each, seq: index + 1, previousHash, hash };
    previousHash = hash;
    return event;
  });
}

const five = () => chained(['a', 'b', 'c', 'd', 'e'].map((action) => facts(action)));
const at = (events: ChainedEvent[], index: number): ChainedEvent => events[index] as ChainedEvent;

describe('the text of an event', () => {
  it('does not depend on the order of names, at any depth', () => {
    expect(canonicalJson({ b: [{ z: 1, y: undefined }], a: 'ü' })).toBe('{"a":"ü","b":[{"z":1}]}');
    expect(canonicalJson({ a: 'ü', b: [{ z: 1 }] })).toBe(canonicalJson({ b: [{ z: 1 }], a: 'ü' }));
  });
});

describe('a chain of events', () => {
  it('is whole, from its start and from any place in it', () => {
    const events = five();
    expect(verifyChain(events)).toEqual({ whole: true, head: { seq: 5, hash: at(events, 4).hash } });
    expect(verifyChain(events.slice(2), { seq: 2, hash: at(events, 1).hash })).toMatchObject({ whole: true });
    expect(verifyChain([])).toEqual({ whole: true, head: { seq: 0, hash: CHAIN_START } });
  });

  const changes: [string, Partial<AuditFacts>][] = [
    ['the reason', { reason: 'another' }],
    ['the time, by a millisecond', { at: new Date('2026-10-25T12:00:00.001Z') }],
    ['the actor', { actor: { kind: 'system' } }],
    ['the grant', { grant: null }],
    ['a detail', { detail: { b: 2, a: [true, { d: 1, c: 2 }] } }],
    ['the place', { stationId: 's' }],
  ];
  it.each(changes)('shows a change of %s', (_name, change) => {
    const events = five();
    events[2] = { ...at(events, 2), ...change };
    expect(verifyChain(events)).toEqual({ whole: false, seq: 3, why: 'changed' });
  });

  it('shows a change whose own hash was made again', () => {
    const events = five();
    const changed = { ...at(events, 2), reason: 'x' };
    events[2] = { ...changed, hash: nextHash(changed.previousHash, bodyOf(changed)) };
    expect(verifyChain(events)).toEqual({ whole: false, seq: 4, why: 'changed' });
  });

  it('shows what was taken out, put twice or put in another order', () => {
    const events = five();
    expect(verifyChain([at(events, 0), ...events.slice(2)])).toEqual({ whole: false, seq: 2, why: 'missing' });
    expect(verifyChain([at(events, 0), at(events, 0)])).toEqual({ whole: false, seq: 2, why: 'reordered' });
  });
});
