import type { OptionCount } from '@app/contracts';

/** `A1, B2` as seals. */
export const readSeals = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((seal) => seal.trim())
    .filter((seal) => seal !== '');

/** One option a line, its number last: `Ana Petrova 120`. Null: a line has none. */
export const readNumbers = (text: string): OptionCount[] | null => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => /^(.*?)[\s:;,=]+(\d+)\s*$/.exec(line.trim()));
  if (read.some((found) => found === null || (found[1] ?? '').trim() === '')) return null;
  return read.map((found) => ({ option: (found?.[1] ?? '').trim(), count: Number(found?.[2]) }));
};
