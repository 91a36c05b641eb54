import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const TENSOR_LIBRARY = {
  regex: '^@tensorflow/',
  message: 'Only src/engines knows the tensor library.',
};
const UPWARDS = {
  regex: '/(components|workers|cli)/',
  message: 'src is the bottom: nothing in it imports what stands on it.',
};

export default defineConfig(
  globalIgnores(['dist/', 'artifacts/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    files: ['components/**/*.ts'],
    extends: [
      lit.configs['flat/recommended'],
      litA11y.configs.recommended,
      wc.configs['flat/recommended'],
    ],
    languageOptions: { globals: globals.browser },
  },
  {
    // The journeys open exported models with the stock library, as a stranger would; the bench
    // counts its kernels.
    ignores: ['src/engines/**', 'e2e/**', 'bench/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [TENSOR_LIBRARY] }] },
  },
  {
    files: ['components/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            TENSOR_LIBRARY,
            {
              regex: '/src/engines/',
              allowTypeImports: true,
              message: 'The worker owns the engine; components ask its client.',
            },
            {
              regex: '/src/storage/',
              allowTypeImports: true,
              message: 'The worker stores; components ask its client.',
            },
            {
              regex: '/workers/(?!.*client$|shared/|audio/equaliser)',
              allowTypeImports: true,
              message: 'The page has the workers’ clients, and of the messages the types alone.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/engines/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [TENSOR_LIBRARY, UPWARDS] }] },
  },
  {
    files: ['src/engines/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [UPWARDS] }] },
  },
  {
    files: ['src/**/*.ts', 'workers/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['document', 'window', 'localStorage', 'sessionStorage', 'alert'].map((name) => ({
          name,
          message: 'src and workers run where there is no page.',
        })),
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
);
