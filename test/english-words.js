const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const WEB = join(__dirname, '..', 'apps', 'web');

/** What stands beside the code of the browser is tested in English, without a network. */
if (expect.getState().testPath.startsWith(WEB)) {
  const { dictionary } = require('../apps/web/src/words');
  const folder = join(WEB, 'locales', 'en');
  for (const file of readdirSync(folder))
    dictionary.add('en', file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8')));
}
