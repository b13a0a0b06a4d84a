import { type AccessUnitWriter, H264Depacketizer } from './h264-depacketizer';
import { rtpPacket } from './rtp.fixture';

/** What came out: the NAL units of each access unit, as hex, with its timestamp. */
class Collected implements AccessUnitWriter {
  readonly units: { timestamp: number; nals: string[] }[] = [];
  readonly sets: string[] = [];
  discarded = 0;
  private nals: Buffer[][] = [];

  parameterSet(bytes: Buffer, start: number, end: number): void {
    this.sets.push(bytes.toString('hex', start, end));
  }
  beginNal(header: number): void {
    this.nals.push([Buffer.from([header])]);
  }
  append(bytes: Buffer, start: number, end: number): void {
    this.nals.at(-1)?.push(Buffer.from(bytes.subarray(start, end)));
  }
  endNal(): void {}
  end(timestamp: number): void {
    this.units.push({ timestamp, nals: this.nals.map((parts) => Buffer.concat(parts).toString('hex')) });
    this.nals = [];
  }
  discard(): void {
    this.discarded += 1;
    this.nals = [];
  }
}

/** First slices (`first_mb_in_slice` 0) begin with a set bit. */
const [KEY, SLICE, SECOND] = ['6588aabb', '4188aabb', '4108ccdd'];
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('H.264 out of RTP', () => {
  let out: Collected;
  let depacketizer: H264Depacketizer;
  let sequence: number;
  const send = (timestamp: number, payload: Buffer | string, marker = false): boolean => {
    const bytes = typeof payload === 'string' ? hex(payload) : payload;
    const read = rtpPacket({ sequence, timestamp, payload: bytes, marker });
    sequence += 1;
    return depacketizer.push(read.packet, read.bytes);
  };
  const lose = (count = 1): number => (sequence += count);
  /** A NAL unit in three fragments, of which some may get lost. */
  const fragments = (timestamp: number, nal: string, lost: number[] = [], marker = true): void => {
    const bytes = hex(nal);
    const header = (flags: number): Buffer => Buffer.from([(bytes[0]! & 0xe0) | 28, flags | (bytes[0]! & 0x1f)]);
    [bytes.subarray(1, 2), bytes.subarray(2, 3), bytes.subarray(3)].forEach((part, index) => {
      if (lost.includes(index)) return lose();
      send(timestamp, Buffer.concat([header(index === 0 ? 0x80 : index === 2 ? 0x40 : 0), part]), marker && index === 2);
    });
  };
  const nals = (): string[][] => out.units.map((unit) => unit.nals);

  beforeEach(() => {
    out = new Collected();
    depacketizer = new H264Depacketizer(out);
    sequence = 65_534;
  });

  it('is put together from single NAL units, aggregates and fragments, over the wrap of the numbers', () => {
    send(100, '67420a1f');
    send(100, '68ce');
    send(100, KEY, true);
    send(200, `18${'0003'}09f0aa${'0004'}${SLICE}`, true);
    fragments(300, '6188112233');
    expect(out.sets).toEqual(['67420a1f', '68ce']);
    expect(out.units).toEqual([
      { timestamp: 100, nals: [KEY] },
      { timestamp: 200, nals: [SLICE] },
      { timestamp: 300, nals: ['6188112233'] },
    ]);
  });

  it('ends an access unit at the next timestamp where no marker came', () => {
    send(100, SLICE);
    send(100, SECOND);
    expect(nals()).toEqual([]);
    send(200, SLICE, true);
    expect(nals()).toEqual([[SLICE, SECOND], [SLICE]]);
  });

  it('does not end one at a marker behind parameter sets', () => {
    send(100, '67420a1f', true);
    send(100, KEY, true);
    expect(nals()).toEqual([[KEY]]);
  });

  it('stops believing markers that are set on every slice', () => {
    for (const timestamp of [100, 200, 300]) {
      send(timestamp, SLICE, true);
      send(timestamp, SECOND, true);
    }
    send(400, SLICE, true);
    expect(nals().slice(-2)).toEqual([
      [SLICE, SECOND],
      [SLICE, SECOND],
    ]);
  });

  it.each([[0], [1], [2]])('leaves the whole access unit out when fragment %i of it is lost', (lost) => {
    send(100, SLICE, true);
    fragments(200, '6188112233', [lost]);
    send(300, SLICE, true);
    expect(out.units.map(({ timestamp }) => timestamp)).toEqual([100, 300]);
    expect(nals()).toEqual([[SLICE], [SLICE]]);
  });

  it('leaves the rest of an access unit out whose first slice is lost', () => {
    send(100, SLICE, true);
    lose();
    send(200, SECOND, true);
    send(300, SLICE, true);
    expect(out.units.map(({ timestamp }) => timestamp)).toEqual([100, 300]);
  });

  it('glues nothing together when a loss spans from one picture into the next', () => {
    fragments(100, '6188112233', [2], false);
    fragments(200, '6188445566', [0]);
    fragments(300, '6188778899');
    expect(nals()).toEqual([['6188778899']]);
  });

  it('leaves out an access unit of which a slice in the middle is lost', () => {
    send(100, SLICE);
    lose();
    send(100, SECOND, true);
    send(200, SLICE, true);
    expect(out.units.map(({ timestamp }) => timestamp)).toEqual([200]);
  });

  it('takes a packet that came twice once', () => {
    send(100, SLICE);
    sequence -= 1;
    send(100, SLICE);
    send(100, SECOND, true);
    expect(nals()).toEqual([[SLICE, SECOND]]);
  });

  it.each([
    ['a forbidden bit', 'e588'],
    ['an aggregate longer than itself', '18ffff65'],
    ['an aggregate of nothing', '18000065'],
    ['an interleaved mode', '1900010002'],
    ['an undefined type', '1f0102'],
    ['a fragment that is start and end', '7cc588'],
    ['a fragment of a fragment', '7c9c88'],
  ])('calls %s no H.264, and goes on at the next picture', (_, payload) => {
    send(100, SLICE);
    expect(send(100, payload, true)).toBe(false);
    send(200, SLICE, true);
    expect(nals()).toEqual([[SLICE]]);
  });

  it('never gives a NAL unit that was not sent, whatever is lost', () => {
    const sent = new Set<string>();
    for (let round = 0; round < 400; round += 1) {
      const nal = `6188${round.toString(16).padStart(8, '0')}`;
      sent.add(nal);
      fragments(round * 3600, nal, round % 3 === 0 ? [round % 4, (round * 7) % 5] : []);
    }
    const got = nals().flat();
    expect(got.length).toBeGreaterThan(200);
    expect(got.filter((nal) => !sent.has(nal))).toEqual([]);
  });
});
