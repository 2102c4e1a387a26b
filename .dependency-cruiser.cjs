// Import rules of ARCHITECTURE §8: types flow one way, pure zones stay pure, only main.ts wires adapters.
const pure = '^operator/src/(faibricapp/(phases|resources|decide|status)|codegen/|engines/builtin/)';
const tests = '\\.(it\\.)?test\\.tsx?$|/test/|^hack/';
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'crds-import-zod-only',
      severity: 'error',
      from: { path: '^crds/src/', pathNot: `${tests}|^crds/src/generate` },
      to: { pathNot: ['^crds/src/', '^node_modules/zod/'] },
    },
    {
      name: 'contract-imports-zod-and-crds',
      severity: 'error',
      from: { path: '^api/src/contract/', pathNot: tests },
      to: { pathNot: ['^api/src/contract/', '^node_modules/zod/', '^crds/src/'] },
    },
    {
      name: 'web-imports-only-the-contract',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^(operator|runtime|hack|crds|api)/', pathNot: '^api/src/contract/' },
    },
    {
      name: 'operator-and-api-are-strangers',
      severity: 'error',
      from: { path: '^(operator|api)/src/', pathNot: tests },
      to: { path: '^(operator|api|web|runtime|hack)/', pathNot: '^$1/' },
    },
    {
      name: 'control-loop-knows-nothing-of-faibric',
      severity: 'error',
      from: { path: '^operator/src/runtime/', pathNot: tests },
      to: { path: '^(crds|operator/src/(?!runtime/))' },
    },
    {
      name: 'only-main-wires-adapters',
      severity: 'error',
      from: {
        path: '^(operator|api)/src/',
        pathNot: [tests, '^(operator|api)/src/main\\.ts$', '/adapters/'],
      },
      to: { path: '^(operator|api)/src/adapters/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-zones-touch-no-world',
      severity: 'error',
      from: { path: pure, pathNot: tests },
      to: {
        path: '^operator/src/(adapters|ports|tasks|runtime)|^node_modules/(pino|execa|undici|openai)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-zones-use-no-node-builtins',
      severity: 'error',
      from: { path: pure, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'no-tests-in-shipped-code',
      severity: 'error',
      from: { path: '^(crds|operator|api|web|runtime)/', pathNot: tests },
      to: { path: '\\.test\\.tsx?$|/test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/corpus/|^web/dev/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
