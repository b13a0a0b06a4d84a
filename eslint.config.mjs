import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What each library may import of ours. Nobody imports apps. Cycles are found by `npm run cycles`. */
const foundation = ['contracts', 'platform', 'config', 'database', 'queue', 'realtime'];
const ALLOWED = {
  contracts: [],
  platform: ['contracts'],
  config: ['platform'],
  hls: [],
  rtmp: [],
  rtsp: [],
  documents: [],
  ffmpeg: ['contracts', 'platform'],
  database: ['contracts', 'platform', 'config'],
  queue: ['contracts', 'platform', 'config'],
  realtime: ['contracts', 'platform', 'config', 'database'],
  storage: ['contracts', 'platform', 'config', 'database'],
  audit: foundation,
  access: [...foundation, 'audit'],
  elections: [...foundation, 'audit', 'access', 'ffmpeg'],
  accreditation: [...foundation, 'audit', 'access', 'elections'],
  reports: [...foundation, 'audit', 'access', 'elections', 'documents'],
  streams: [...foundation, 'storage', 'audit', 'access', 'elections', 'ffmpeg', 'hls', 'rtmp', 'rtsp'],
  incidents: [...foundation, 'audit', 'access', 'elections', 'streams'],
  recordings: [...foundation, 'storage', 'audit', 'access', 'elections', 'streams', 'ffmpeg', 'hls'],
  evidence: [
    ...foundation,
    'storage',
    'audit',
    'access',
    'elections',
    'streams',
    'incidents',
    'recordings',
    'ffmpeg',
    'hls',
    'documents',
  ],
  'postgres-server': ['platform'],
  simulator: ['contracts', 'platform', 'config', 'ffmpeg', 'hls'],
};
const LIBS = [...Object.keys(ALLOWED), 'testing'];

const RAW_TEXT = 'Texts stand in apps/web/locales, in every language: t(…), or Rich where elements are within.';

const layer = (lib) => {
  const forbidden = LIBS.filter((other) => other !== 'testing' && !ALLOWED[lib].includes(other)).map((other) => `@app/${other}`);
  return {
    files: [`libs/${lib}/src/**/*.ts`],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...forbidden.map((name) => ({
              name,
              message: `libs/${lib} may import ${ALLOWED[lib].join(', ') || 'nothing'} of ours.`,
            })),
            { name: '@app/testing', message: 'Tests only.' },
            { name: '@nestjs/common', importNames: ['forwardRef'], message: 'A cycle: extract the shared fact.' },
          ],
          patterns: [{ group: ['**/apps/**', '**/libs/**'], message: 'Use the @app alias; nobody imports apps.' }],
        },
      ],
    },
  };
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data*/**', 'coverage/**'] },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './apps/web/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/require-await': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // Only libs/config and the entry points read the environment; only they and the tools print.
    files: ['libs/**/*.ts', 'apps/*/src/**/*.ts'],
    ignores: ['libs/config/**', 'libs/testing/**', 'apps/*/src/main.ts', 'apps/cli/src/simulate.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the configuration through @app/config.' },
      ],
    },
  },
  ...Object.keys(ALLOWED).map(layer),
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.recommended],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@app/*', '!@app/contracts'], message: 'The web app imports contracts only.' },
            { group: ['@nestjs/*', 'node:*'], message: 'Runs in a browser.' },
          ],
        },
      ],
    },
  },
  {
    files: ['apps/web/src/**/*.spec.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['apps/web/src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/\\p{L}{2}/u]:not([value="Pollglass"])', message: RAW_TEXT },
        {
          selector:
            'JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label|heading|legend)$/] > Literal[value=/\\p{L}{2}/u]',
          message: RAW_TEXT,
        },
        { selector: 'JSXExpressionContainer > Literal[value=/\\p{L}{2}/u]', message: RAW_TEXT },
        { selector: 'JSXExpressionContainer > ConditionalExpression > Literal[value=/^\\p{Lu}\\p{Ll}+/u]', message: RAW_TEXT },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'off',
    },
  },
);
