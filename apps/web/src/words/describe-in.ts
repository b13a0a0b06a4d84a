import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionary } from '.';
import type { Texts } from './dictionary';
import type { LanguageTag } from './languages';

const LOCALES = join(__dirname, '..', '..', 'locales');

/** For specs: a `describe` within which the interface speaks this language, with the texts of its files. */
export const describeIn = (tag: LanguageTag, name: string, body: () => void): void =>
  describe(`${name} (${tag})`, () => {
    beforeAll(() => {
      for (const file of readdirSync(join(LOCALES, tag)))
        dictionary.add(tag, file.replace('.json', ''), JSON.parse(readFileSync(join(LOCALES, tag, file), 'utf8')) as Texts);
      dictionary.speak(tag);
    });
    afterAll(() => dictionary.speak('en'));
    body();
  });
