import type { DOCUMENT_TYPES } from '@app/contracts';

export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** How the bytes of each type begin and, where that is known, end. */
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_END = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const PDF_START = Buffer.from('%PDF-', 'latin1');
/** A PDF ends with this within its last kilobyte. */
const PDF_END = Buffer.from('%%EOF', 'latin1');

const BY_EXTENSION: Readonly<Record<string, DocumentType>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

export type DocumentCheck = { kind: 'is'; type: DocumentType } | { kind: 'refused'; rule: string };

/** What a file is by its own bytes; its name has to say the same. The first thing that is wrong with it is told. */
export function checkDocument(name: string, bytes: Buffer): DocumentCheck {
  const named = BY_EXTENSION[/\.([A-Za-z]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (bytes.length === 0) return refused('is empty');
  const type = typeOf(bytes);
  if (!type) return refused('is neither a PDF nor a JPEG or PNG picture');
  if (!named) return refused('has a name that ends in .pdf, .jpg, .jpeg or .png');
  if (named !== type) return refused(`is named as ${words(named)}, but holds ${words(type)}`);
  if (!isWhole(type, bytes)) return refused(`breaks off: ${words(type)} ends otherwise`);
  return { kind: 'is', type };
}

function typeOf(bytes: Buffer): DocumentType | undefined {
  if (bytes.subarray(0, PDF_START.length).equals(PDF_START)) return 'application/pdf';
  if (bytes.subarray(0, JPEG_START.length).equals(JPEG_START)) return 'image/jpeg';
  if (bytes.subarray(0, PNG_START.length).equals(PNG_START)) return 'image/png';
  return undefined;
}

/** Cameras put things behind the end of a JPEG, so there an end anywhere is enough. */
function isWhole(type: DocumentType, bytes: Buffer): boolean {
  if (type === 'application/pdf') return bytes.subarray(-1024).includes(PDF_END);
  if (type === 'image/png') return bytes.subarray(-PNG_END.length).equals(PNG_END);
  return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0;
}

const words = (type: DocumentType): string =>
  ({ 'application/pdf': 'a PDF', 'image/jpeg': 'a JPEG picture', 'image/png': 'a PNG picture' })[type];

const refused = (rule: string): DocumentCheck => ({ kind: 'refused', rule });
