const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const WEB = join(__dirname, '..', 'apps', 'web');

/** What stands beside the code of the browser is tested in English, without a network. */
if (expect.getState().testPath.startsWith(WEB)) {
  const folder = join(WEB, 'locales', 'en');
  const texts = readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  ]);
  void require('i18next').init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: Object.fromEntries(texts) },
    interpolation: { escapeValue: false },
  });
}
