import { defineConfig, globalIgnores } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const TENSOR_LIBRARY = {
  regex: '^@tensorflow/',
  message: 'Only src/engines knows the tensor library.',
};

/**
 * The rooms of src by floor. A room may import the rooms of its own floor and of those below; the
 * rest of src, which stands above them all, is not listed.
 */
const FLOORS = [
  ['base', 'math', 'recipe', 'eq'],
  ['data', 'model', 'timeline', 'audio', 'presets', 'share', 'figures'],
  ['engines', 'analysis'],
  ['training'],
];

/** What each floor may not import: whatever of src is on none of its own floor and those below. */
const FLOOR_ZONES = FLOORS.map((rooms, floor) => ({
  target: rooms.map((room) => `./src/${room}`),
  from: './src',
  except: FLOORS.slice(0, floor + 1)
    .flat()
    .map((room) => `./${room}`),
  message: `src/{${rooms.join(',')}} may import only its own floor and those below it.`,
}));

const ZONES = [
  ...FLOOR_ZONES,
  {
    // The ground below the ground: everything may rest on these, and they rest on themselves.
    target: ['./src/base', './src/math', './src/recipe'],
    from: './src',
    except: ['./base', './math', './recipe'],
    message: 'base, math and recipe import nothing of the project but each other.',
  },
  {
    target: './src',
    from: ['./components', './workers', './cli', './server', './queue', './bench', './e2e'],
    message: 'src is the bottom: nothing in it imports what stands on it.',
  },
  {
    target: './workers',
    from: ['./components', './cli', './server', './queue', './bench', './e2e'],
    message: 'Workers know src only.',
  },
  {
    target: './components',
    from: ['./cli', './server', './queue', './bench', './e2e'],
    message: 'The page knows src and the clients of the workers only.',
  },
  {
    target: './components/kit',
    from: './components',
    except: ['./kit', './state'],
    message: 'The kit is what any element may use, and knows no feature.',
  },
  {
    target: './server',
    from: ['./components', './workers', './cli', './queue', './bench', './e2e'],
    message: 'The server knows src, and of scripts the headers of the page.',
  },
  {
    target: './queue',
    from: ['./components', './workers', './cli', './bench', './e2e'],
    message: 'The queue knows src, and of the server its store.',
  },
  {
    target: './queue',
    from: './server',
    except: ['./storage', './settings.ts', './within.ts'],
    message: 'Of the server, the queue knows its store.',
  },
  {
    target: ['./src', './components', './workers', './cli', './server', './queue'],
    from: './src/testing',
    message: 'What tests are made of is not for production.',
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'artifacts/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  // Files that are ignored are unknown to it, and others are none of its business.
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  {
    files: ['components/**/*.ts'],
    extends: [
      lit.configs['flat/recommended'],
      litA11y.configs.recommended,
      wc.configs['flat/recommended'],
    ],
  },
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.mjs', '.js'] }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    // A test may put together what stands on different floors.
    ignores: [
      '**/*.test.ts',
      'src/testing/**',
      'server/testing/**',
      'server/load/**',
      'queue/testing/**',
      'cli/run-cli.ts',
    ],
    rules: { 'import-x/no-restricted-paths': ['error', { zones: ZONES }] },
  },
  {
    files: ['**/*.test.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      // By another name than the rule below, which would take its place in tests of components.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          name: 'fast-check',
          message: 'src/testing/fast-check draws the same inputs in every run.',
        },
      ],
    },
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
);
