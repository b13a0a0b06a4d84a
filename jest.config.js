/** Three sizes of tests: small beside the code, medium on real services, e2e on everything with a browser. */
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  moduleNameMapper: { '^@app/([^/]+)$': '<rootDir>/libs/$1/src' },
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }] },
};

module.exports = {
  reporters: ['default', '<rootDir>/test/totals-reporter.js'],
  testSequencer: '<rootDir>/test/sequencer.js',
  globalSetup: '<rootDir>/test/run-cache.js',
  globalTeardown: '<rootDir>/test/remove-run-cache.js',
  // Medium tests mostly wait for media: two at a time still leave room on two cores.
  maxWorkers: 2,
  projects: [
    {
      ...base,
      displayName: 'small',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test/chaos'],
      testRegex: '\\.spec\\.tsx?$',
      setupFilesAfterEnv: ['<rootDir>/test/small-timeout.ts', '<rootDir>/test/english-words.js'],
    },
    {
      ...base,
      displayName: 'medium',
      roots: ['<rootDir>/test/medium'],
      testRegex: '\\.spec\\.ts$',
      setupFilesAfterEnv: ['<rootDir>/test/medium/timeout.ts'],
    },
    {
      ...base,
      displayName: 'e2e',
      roots: ['<rootDir>/test/e2e'],
      testRegex: '\\.spec\\.ts$',
      setupFilesAfterEnv: ['<rootDir>/test/e2e/timeout.ts'],
      runner: '<rootDir>/test/serial-runner.js',
    },
  ],
};
