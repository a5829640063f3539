import graphql from '@graphql-eslint/eslint-plugin';

/** Only GraphQL: TypeScript belongs to Biome. */
const language = {
  parser: graphql.parser,
  parserOptions: {
    graphQLConfig: { schema: 'schema/schema.graphql', documents: 'schema/operations/**/*.graphql' },
  },
};

const { rules: schemaRules } = graphql.configs['flat/schema-recommended'];
const { rules: operationRules } = graphql.configs['flat/operations-recommended'];

export default [
  {
    files: ['schema/schema.graphql'],
    languageOptions: language,
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...schemaRules,
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          rootField: true,
        },
      ],
      // Values such as Money have no identity; what has one implements Node.
      '@graphql-eslint/strict-id-in-types': 'off',
      '@graphql-eslint/relay-page-info': 'error',
      '@graphql-eslint/relay-connection-types': 'error',
      // Snapshots and events are facts without an identity of their own.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
      ],
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
    },
  },
  {
    files: ['schema/operations/**/*.graphql'],
    languageOptions: language,
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...operationRules,
      // A starter query shows what it asks for; whoever caches adds the ids.
      '@graphql-eslint/require-selections': 'off',
      '@graphql-eslint/naming-convention': 'off',
    },
  },
];
