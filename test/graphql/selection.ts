import { type GraphQLField, getNamedType, isInterfaceType, isObjectType, isRequiredArgument } from 'graphql';

/** Everything that can be selected below a field without required arguments, to a depth; empty for a scalar. */
export function selectAll(field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  if (depth === 0) return ' { __typename }';
  const inner = Object.values(type.getFields())
    .filter((one) => !one.args.some(isRequiredArgument))
    .map((one) => `${one.name}${pageOf(one)}${selectAll(one, depth - 1)}`);
  return ` { __typename ${inner.join(' ')} }`;
}

/** A small page for a field that is a list, so that a deep selection stays below the cost limit. */
export function pageOf(field: GraphQLField<unknown, unknown>): string {
  return field.args.some((arg) => arg.name === 'first') ? '(first: 6)' : '';
}
