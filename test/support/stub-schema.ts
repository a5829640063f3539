import { EventEmitter, on } from 'node:events';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { GraphqlContext } from '../../src/graphql/context.ts';

/** A small schema to try the server with, and the handles that make its fields move. */
export interface StubSchema {
  readonly schema: GraphQLSchema;
  /** Sends `tick` to every open subscription. */
  tick(value: number): void;
  /** How many subscriptions read from the source now. */
  openCount(): number;
  /** Lets `slow` answer. */
  release(): void;
  /** Settles once `slow` has been asked. */
  readonly slowAsked: Promise<void>;
}

/** Makes the schema: `hello`, `fails`, `slow`, a recursive `node`, a mutation and two subscriptions. */
export function createStubSchema(): StubSchema {
  const emitter = new EventEmitter().setMaxListeners(0);
  const released = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const open = new Set<object>();
  const schema = buildSchema(/* GraphQL */ `
    type Query { hello(name: String): String  fails: String  slow: String  node: Node!  viewerName: String }
    type Node { id: ID!  node: Node!  nodes(ids: [Int!]): [Node!]! }
    type Mutation { change: Int }
    type Subscription { ticks: Int!  refused: Int! }
  `);
  const fields = (type: string) => {
    const found = schema.getType(type);
    if (found === undefined || !('getFields' in found)) throw new Error(type);
    return found.getFields() as Record<string, import('graphql').GraphQLField<unknown, GraphqlContext>>;
  };
  const node = { id: '1', node: () => node, nodes: () => [node, node] };
  fields('Query').hello!.resolve = (_root, { name }) => `hello ${name ?? 'world'}`;
  fields('Query').fails!.resolve = () => {
    throw new Error('insert into secret_table values (canary-7f3a)');
  };
  fields('Query').slow!.resolve = async () => {
    asked.resolve();
    await released.promise;
    return 'done';
  };
  fields('Query').node!.resolve = () => node;
  fields('Query').viewerName!.resolve = (_root, _args, context) => context.viewer.keyName;
  fields('Mutation').change!.resolve = () => 1;
  fields('Subscription').ticks!.subscribe = () => {
    const source = on(emitter, 'tick');
    open.add(source);
    const closed = source.return!.bind(source);
    source.return = async () => {
      open.delete(source);
      return closed();
    };
    return source;
  };
  fields('Subscription').ticks!.resolve = (event) => (event as [number])[0];
  fields('Subscription').refused!.subscribe = () => {
    throw new Error('select * from secret_table -- canary-7f3a');
  };
  return {
    schema,
    tick: (value) => void emitter.emit('tick', value),
    openCount: () => open.size,
    release: () => released.resolve(),
    slowAsked: asked.promise,
  };
}
