import * as fc from 'fast-check';
import type { GapCause } from '@app/contracts';
import { TOLERANCE_MS } from '../recorded-segment';
import { type CoverageFacts, missingIn, type Piece } from './coverage';

const footage = (from: number, to: number): Piece<GapCause> => ({ from, to, cause: null });
const gap = (from: number, to: number, cause: GapCause): Piece<GapCause> => ({ from, to, cause });
const missing = (facts: Partial<CoverageFacts<GapCause>>, range = { from: 0, to: 100_000 }) =>
  missingIn<GapCause>(range, { pieces: [], off: [], endings: [], firstFootage: 0, silent: undefined, ...facts }).map(
    ({ from, to, cause, actorId }) => [from, to, cause, ...(actorId === null ? [] : [actorId])],
  );

describe(missingIn, () => {
  it('misses nothing where footage follows footage', () => {
    expect(missing({ pieces: [footage(-5_000, 40_000), footage(40_000 + TOLERANCE_MS, 100_050)] })).toEqual([]);
  });

  it('takes the cause from the rows, and gives what nobody speaks of to its neighbour', () => {
    const pieces = [footage(0, 10_000), gap(10_500, 20_000, 'camera-stalled'), footage(20_400, 100_000)];
    expect(missing({ pieces })).toEqual([[10_000, 20_400, 'camera-stalled']]);
  });

  it('gives a long absence to what came after it, not to the short gap before', () => {
    const pieces = [
      ...[footage(0, 10_000), gap(10_000, 12_000, 'camera-unreachable')],
      ...[gap(86_000, 90_000, 'recorder-restart'), footage(90_000, 100_000)],
    ];
    expect(missing({ pieces })).toEqual([
      [10_000, 12_000, 'camera-unreachable'],
      [12_000, 90_000, 'recorder-restart'],
    ]);
  });

  it('says by the end of the run why nothing follows it', () => {
    const pieces = [footage(0, 10_000), footage(15_000, 100_000)];
    expect(missing({ pieces, endings: [{ startedAt: 0, cause: 'invalid-media' }] })).toEqual([[10_000, 15_000, 'invalid-media']]);
    expect(missing({ pieces })).toEqual([[10_000, 15_000, 'unknown']]);
  });

  it('calls time before the first footage not started', () => {
    const pieces = [gap(5_000, 8_000, 'camera-unreachable'), footage(30_000, 100_000)];
    expect(missing({ pieces, firstFootage: 30_000 })).toEqual([[0, 30_000, 'not-started']]);
    expect(missing({ firstFootage: undefined })).toEqual([[0, 100_000, 'not-started']]);
  });

  it('names the operator while the camera is off, and until it is back', () => {
    const pieces = [footage(0, 20_000), gap(20_000, 63_000, 'takeover'), footage(63_000, 100_000)];
    const off = [{ from: 20_000, to: 60_000, actorId: 'olga' }];
    expect(missing({ pieces, off })).toEqual([[20_000, 63_000, 'operator-disabled', 'olga']]);
  });

  it('believes footage more than a switch', () => {
    const off = [{ from: 20_000, to: 60_000, actorId: 'olga' }];
    expect(missing({ pieces: [footage(0, 22_000), footage(62_000, 100_000)], off })).toEqual([
      [22_000, 62_000, 'operator-disabled', 'olga'],
    ]);
  });

  it('says what silence means', () => {
    const silent = { from: 50_000, cause: 'recorder-restart' as const };
    expect(missing({ pieces: [footage(0, 50_000)], silent })).toEqual([[50_000, 100_000, 'recorder-restart']]);
  });

  it('covers time that a clock was set back over once', () => {
    expect(missing({ pieces: [footage(0, 60_000), footage(20_000, 100_000)] })).toEqual([]);
  });

  const moment = fc.integer({ min: -20_000, max: 120_000 });
  const time = fc.tuple(moment, moment).map(([left, right]) => ({ from: Math.min(left, right), to: Math.max(left, right) + 1 }));
  const cause = fc.constantFrom<GapCause | null>(null, null, 'camera-stalled', 'takeover', 'clock-step', 'unknown');
  const facts = fc.record<CoverageFacts<GapCause>>({
    pieces: fc.array(
      fc.tuple(time, cause).map(([range, why]) => ({ ...range, cause: why })),
      { maxLength: 12 },
    ),
    off: fc.array(
      time.map((range) => ({ ...range, actorId: 'a' })),
      { maxLength: 2 },
    ),
    endings: fc.array(fc.record({ startedAt: moment, cause: fc.constant<GapCause>('camera-unreachable') }), { maxLength: 2 }),
    firstFootage: fc.option(moment, { nil: undefined }),
    silent: fc.option(fc.record({ from: moment, cause: fc.constant<GapCause>('recorder-restart') }), { nil: undefined }),
  });

  it('leaves no hole and no overlap beyond the tolerance, whatever the rows say', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const told = missingIn<GapCause>({ from: 0, to: 100_000 }, given);
        const recorded = given.pieces.filter((piece) => piece.cause === null);
        // Each moment is either near footage or in exactly one gap; a gap holds no footage.
        const wrong: number[] = [];
        for (let at = TOLERANCE_MS + 0.5; at < 100_000 - TOLERANCE_MS; at += 97) {
          const gaps = told.filter((part) => part.from <= at && at < part.to).length;
          const hasFootage = recorded.some((part) => part.from <= at && at < part.to);
          const isNear = recorded.some((part) => part.from - TOLERANCE_MS <= at && at < part.to + TOLERANCE_MS);
          if (hasFootage ? gaps !== 0 : !isNear && gaps !== 1) wrong.push(at);
        }
        expect(wrong).toEqual([]);
        for (const [index, part] of told.entries()) {
          expect(part.to).toBeGreaterThan(part.from);
          const next = told[index + 1];
          if (!next) continue;
          expect(next.from).toBeGreaterThanOrEqual(part.to);
          if (next.from === part.to) expect([next.cause, next.actorId]).not.toEqual([part.cause, part.actorId]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
