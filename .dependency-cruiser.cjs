/**
 * Who may import whom. Each folder lists what it may import inside src; everything else is forbidden.
 * test/architecture/dependency-rules.test.ts plants every forbidden import and demands to see it reported.
 */
const mayImport = {
  shared: ['shared'],
  domain: ['domain', 'shared'],
  connectors: ['connectors', 'domain', 'shared'],
  db: ['db', 'domain', 'shared'],
  pipeline: ['pipeline', 'db', 'domain', 'shared'],
  events: ['events', 'db', 'domain', 'shared'],
  graphql: ['graphql', 'events', 'db', 'domain', 'shared'],
  server: ['server', 'graphql', 'events', 'db', 'shared'],
  dashboard: ['dashboard'],
  tools: [
    'tools',
    'shared',
    'domain',
    'connectors',
    'db',
    'pipeline',
    'events',
    'graphql',
    'server',
    'app',
    'app.ts',
    'config.ts',
  ],
};

/** The connectors' ports, which the pipeline may know. */
const ports = '^src/connectors/(marketplace|listing-writer|channel)\\.ts$';

/** Computation libraries that pure code may use. */
const domainLibraries = '(^|/)node_modules/decimal\\.js/';

const folderRules = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder}-imports-only-${allowed.join('-')}`,
  comment: `src/${folder} may import only ${allowed.join(', ')}: see docs/architecture.md`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: [
      ...allowed.map((name) =>
        name.endsWith('.ts') ? `^src/${name.replace('.', '\\.')}$` : `^src/${name}/`,
      ),
      ...(folder === 'pipeline' ? [ports] : []),
    ],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: 'main-imports-only-app-and-config',
      comment: 'main.ts starts and stops, nothing else',
      severity: 'error',
      from: { path: '^src/main\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(app|config)\\.ts$|^src/(app|shared)/' },
    },
    {
      name: 'config-imports-only-shared',
      comment: 'configuration knows no part of the product',
      severity: 'error',
      from: { path: '^src/config\\.ts$' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'app-imports-no-dashboard',
      comment: 'the dashboard knows the API only through generated types, and nobody knows the dashboard',
      severity: 'error',
      from: { path: '^src/app(/|\\.ts$)' },
      to: { path: '^src/(dashboard/|main\\.ts$)' },
    },
    {
      name: 'nobody-imports-main',
      comment: 'main.ts is the end of the graph',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'src-imports-no-test',
      comment: 'the product does not know its tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'platforms-are-strangers',
      comment: 'the sandbox proves the connector only if they share no code',
      severity: 'error',
      from: { path: '^src/connectors/(alibaba-1688|sandbox-1688)/' },
      to: { path: '^src/connectors/(alibaba-1688|sandbox-1688)/', pathNot: '^src/connectors/$1/' },
    },
    {
      name: 'sql-only-in-db',
      comment: 'only src/db knows SQL, its driver and its tables',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/db/' },
      to: {
        path: '(^|node_modules/)(drizzle-orm|postgres)(/|$)|^src/db/tables/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/ and shared/ compute: no IO, no clock, only the named libraries',
      severity: 'error',
      from: { path: '^src/(domain|shared)/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core'],
        pathNot: domainLibraries,
      },
    },
    {
      name: 'no-cycles',
      comment: 'cycles hide which part needs which',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/graphql/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'a file that nobody imports is dead',
      severity: 'error',
      // What the dashboard's page loads by itself is imported by nobody.
      from: { orphan: true, path: '^src/', pathNot: '^src/(main\\.ts$|dashboard/public/)' },
      to: {},
    },
    {
      name: 'no-development-packages',
      comment: 'an installation without development packages must run; the dashboard is built before',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dashboard/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      // Packages of types only have no main.
      mainFields: ['main', 'types', 'typings'],
    },
  },
};
