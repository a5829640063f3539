import type { CodegenConfig } from '@graphql-codegen/cli';

const plugins = ['typescript-operations', 'typed-document-node'];

const shared = { useTypeImports: true, skipTypename: true, strictScalars: true, defaultScalarType: 'never' };

/** Makes typed documents of the operations: `npm run codegen`. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: {
    'test/gql/operations.ts': {
      documents: 'schema/operations/*.graphql',
      plugins,
      config: {
        ...shared,
        enumsAsTypes: true,
        avoidOptionals: { field: true },
        documentNodeImport: 'graphql#TypedQueryDocumentNode',
        scalars: { ID: 'string', Decimal: 'string', DateTime: 'string', Date: 'string' },
      },
    },
    'src/dashboard/gql/documents.ts': {
      documents: 'schema/operations/dashboard/*.graphql',
      plugins,
      config: {
        ...shared,
        enumType: 'string-literal',
        scalars: {
          ID: 'string',
          Date: 'string',
          DateTime: 'string',
          Decimal: { input: 'string | number', output: 'string' },
        },
      },
    },
  },
};

export default config;
