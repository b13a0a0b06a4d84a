/** A folder for one run of the tests: what takes long to make and is the same each time is made once (see libs/testing/src/run-cache.ts). */
const { chmodSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  const directory = mkdtempSync(join(tmpdir(), 'pollglass-run-'));
  // PostgreSQL's own account has to get in.
  chmodSync(directory, 0o755);
  process.env.TEST_RUN_CACHE = directory;
};

module.exports.remove = () => rmSync(process.env.TEST_RUN_CACHE, { recursive: true, force: true });
