// Rules that find bugs in the page, the tools and their tests; style is left to the writer.

import js from '@eslint/js';
import globals from 'globals';

const bugs = {
  'array-callback-return': 'error',
  'default-case-last': 'error',
  eqeqeq: 'error',
  'no-constructor-return': 'error',
  'no-implied-eval': 'error',
  'no-new-wrappers': 'error',
  'no-return-assign': 'error',
  'no-self-compare': 'error',
  'no-shadow': ['error', { allow: ['_'] }],
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unmodified-loop-condition': 'error',
  'no-unreachable-loop': 'error',
  'no-unused-expressions': 'error',
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  'no-use-before-define': ['error', { functions: false, variables: false }],
  'no-useless-return': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'prefer-promise-reject-errors': 'error',
  radix: 'error',
};

export default [
  { ignores: ['build/', '.deps/', 'node_modules/'] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: bugs },
  { files: ['web/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['eslint.config.mjs', 'tools/**/*.mjs'], languageOptions: { globals: globals.node } },
  // Parts of the tests and of the benchmark run in a page.
  { files: ['tests/**/*.mjs', 'tools/bench.d/**/*.{js,mjs}'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
