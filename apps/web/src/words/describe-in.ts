import i18next from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageTag } from './languages';

const LOCALES = join(__dirname, '..', '..', 'locales');

/** For specs: a `describe` within which the interface speaks this language, with the texts of its files. */
export const describeIn = (tag: LanguageTag, name: string, body: () => void): void =>
  describe(`${name} (${tag})`, () => {
    beforeAll(async () => {
      for (const file of readdirSync(join(LOCALES, tag)))
        i18next.addResourceBundle(tag, file.replace('.json', ''), JSON.parse(readFileSync(join(LOCALES, tag, file), 'utf8')));
      await i18next.changeLanguage(tag);
    });
    afterAll(() => i18next.changeLanguage('en'));
    body();
  });
