import type { AccreditationImportResult } from '@app/contracts';

/** What is handed out to people, as a CSV. A cell that a spreadsheet would run as a formula is kept from it. */
export const peopleCsv = (people: AccreditationImportResult['people']): string =>
  [
    ['line', 'name', 'number', 'reference'],
    ...people.map(({ line, name, number, reference }) => [String(line), name, number, reference]),
  ]
    .map((cells) => cells.map(cellOf).join(','))
    .join('\r\n');

const cellOf = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
