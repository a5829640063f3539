import type { CodegenConfig } from '@graphql-codegen/cli';

/** Makes typed documents of the operations: `npm run codegen`. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'test/gql/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true },
        documentNodeImport: 'graphql#TypedQueryDocumentNode',
        skipTypename: true,
        defaultScalarType: 'never',
        strictScalars: true,
        scalars: { ID: 'string', Decimal: 'string', DateTime: 'string', Date: 'string' },
      },
    },
  },
};

export default config;
