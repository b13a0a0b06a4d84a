/** Lower case, without accents, one space between words: what people type and what is stored meet here. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

export interface Searchable {
  code: string;
  name: string;
  address: string | null;
  regionPath: readonly string[];
}

/** The text that the search looks in. */
export function searchTextOf({ code, name, address, regionPath }: Searchable): string {
  return plain([code, name, address ?? '', ...regionPath].join(' '));
}

/** `LIKE` patterns that a station's text has to match, all of them: one for each word of the query. */
export function searchPatterns(query: string | undefined): string[] {
  const words = plain(query ?? '')
    .split(' ')
    .filter((word) => word !== '');
  return [...new Set(words)].map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}
