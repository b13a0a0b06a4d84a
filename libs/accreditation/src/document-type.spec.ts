import { checkDocument } from './document-type';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 3, 0xff, 0xd9]);

describe(checkDocument, () => {
  it.each([
    ['mandate.pdf', pdf, 'application/pdf'],
    ['PASSPORT.JPG', jpeg, 'image/jpeg'],
    ['card.jpeg', Buffer.concat([jpeg, Buffer.from('trailing')]), 'image/jpeg'],
    ['паспорт.png', png, 'image/png'],
  ])('takes %s for what its bytes are', (name, bytes, type) => {
    expect(checkDocument(name, bytes)).toEqual({ kind: 'is', type });
  });

  it.each([
    ['a page named as a PDF', 'a.pdf', Buffer.from('<html><script>alert(1)</script>'), /neither a PDF nor/],
    ['a PDF named as a picture', 'a.png', pdf, /is named as a PNG picture, but holds a PDF/],
    ['a picture named as another', 'a.jpg', png, /is named as a JPEG picture, but holds a PNG/],
    ['a program', 'a.exe', Buffer.from('MZ\u0090'), /neither a PDF nor/],
    ['a picture named as a program', 'a.exe', png, /has a name that ends in/],
    ['a name without an end', 'pdf', pdf, /has a name that ends in/],
    ['an SVG', 'a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /neither a PDF nor/],
    ['a PDF that starts later', 'a.pdf', Buffer.concat([Buffer.from(' '), pdf]), /neither a PDF nor/],
    ['half a PNG', 'a.png', png.subarray(0, 40), /breaks off/],
    ['half a JPEG', 'a.jpg', jpeg.subarray(0, 10), /breaks off/],
    ['half a PDF', 'a.pdf', pdf.subarray(0, 20), /breaks off/],
    ['nothing', 'a.pdf', Buffer.alloc(0), /is empty/],
  ])('refuses %s', (_what, name, bytes, rule) => {
    expect(checkDocument(name, bytes)).toEqual({ kind: 'refused', rule: expect.stringMatching(rule) });
  });
});
