import fc from 'fast-check';
import { AmfError, type AmfValue, decodeAmf0, encodeAmf0 } from './amf0';

const key = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text !== '__proto__');
const value = fc.letrec<{ value: AmfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.string(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: false }),
  ),
})).value;

describe('AMF0', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        expect(decodeAmf0(encodeAmf0(...values))).toEqual(values);
      }),
    );
  });

  it('keeps strings longer than 65,535 bytes', () => {
    const text = 'ä'.repeat(40_000);
    expect(decodeAmf0(encodeAmf0(text))).toEqual([text]);
  });

  it('reads the ECMA array encoders send as metadata, also one without its end marker', () => {
    const array = Buffer.from([8, 0, 0, 0, 1, 0, 5, ...Buffer.from('width'), 0, 0x40, 0x94, 0, 0, 0, 0, 0, 0]);
    expect(decodeAmf0(array)).toEqual([{ width: 1280 }]);
    expect(decodeAmf0(Buffer.concat([array, Buffer.of(0, 0, 9)]))).toEqual([{ width: 1280 }]);
  });

  it('keeps a key named __proto__ as an ordinary key', () => {
    const [object] = decodeAmf0(Buffer.from([3, 0, 9, ...Buffer.from('__proto__'), 1, 1, 0, 0, 9])) as [object];
    expect(Object.keys(object)).toEqual(['__proto__']);
  });

  it('refuses any bytes it cannot read with an AmfError and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decodeAmf0(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(AmfError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['an array that claims more elements than there are bytes', Buffer.of(0x0a, 0x7f, 0xff, 0xff, 0xff, 5)],
    ['an object nested a thousand deep', Buffer.concat(Array.from({ length: 1000 }, () => Buffer.of(3, 0, 1, 0x61)))],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeAmf0(bytes)).toThrow(AmfError);
  });
});
