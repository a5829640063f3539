import { isUuid } from '../shared/ids.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';

/** The kinds of object that have an id, with the number of uuids in it. */
const nodeTypes = {
  Item: 1,
  Warehouse: 1,
  StockLevel: 2,
  StockAlert: 1,
  Listing: 1,
  Shop: 1,
  SyncRun: 1,
  InboundShipment: 1,
  QuarantinedRow: 1,
  AlertRule: 1,
  NotificationChannel: 1,
  NotificationRoute: 1,
  NotificationDelivery: 1,
  Notification: 1,
  ReplenishmentSuggestion: 1,
  TransferSuggestion: 1,
} as const;

/** The kinds whose key is not made of uuids alone: the first parts are, the last is the platform's own text. */
const textNodeTypes = { SalesOrder: 1 } as const;

/** Name of a type with an id. */
export type NodeTypeName = keyof typeof nodeTypes | keyof typeof textNodeTypes;

/** A loaded object with the name of its type. */
export interface NodeValue {
  readonly __typename: NodeTypeName;
}

/** Makes the opaque id of an object. Stable for ever: clients store it. */
export function encodeId(type: NodeTypeName, ...key: readonly string[]): string {
  return Buffer.from([type, ...key].join(':'), 'utf8').toString('base64url');
}

/**
 * Reads an id that {@link encodeId} made.
 *
 * @returns null when it is none, or one of another type than the wanted
 */
function decodeId(id: string, wanted?: NodeTypeName): { type: NodeTypeName; key: string[] } | null {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const [type = '', ...parts] = text.split(':');
  if (!isNodeType(type) || (wanted !== undefined && type !== wanted)) return null;
  const uuidCount = type === 'SalesOrder' ? textNodeTypes.SalesOrder : nodeTypes[type];
  const key = parts.slice(0, uuidCount);
  if (key.length !== uuidCount || !key.every(isUuid)) return null;
  const rest = parts.slice(uuidCount).join(':');
  if (type === 'SalesOrder' ? rest === '' : rest !== '') return null;
  const whole = type === 'SalesOrder' ? [...key, rest] : key;
  return encodeId(type, ...whole) === id ? { type, key: whole } : null;
}

/** As {@link decodeId}; @throws GraphQLError ID_INVALID instead of answering null. */
export function requireId(context: GraphqlContext, id: string, wanted: NodeTypeName): string[] {
  const decoded = decodeId(id, wanted);
  if (decoded === null) throw requestError(context.viewer.locale, 'ID_INVALID', { id, type: wanted });
  return decoded.key;
}

function isNodeType(type: string): type is NodeTypeName {
  return Object.hasOwn(nodeTypes, type) || Object.hasOwn(textNodeTypes, type);
}

type NodeLoad = (context: GraphqlContext, key: string[]) => Promise<object | null>;

const nodeLoads = new Map<NodeTypeName, NodeLoad>();

/** Tells how an object of a type is loaded by its key; null = none, or not the viewer's. */
export function registerNode(type: NodeTypeName, load: NodeLoad): void {
  nodeLoads.set(type, load);
}

/** The types whose objects can be fetched by id. */
export function registeredNodeTypes(): readonly NodeTypeName[] {
  return [...nodeLoads.keys()];
}

/** Anything with a stable id. */
export const Node = builder.interfaceRef<object>('Node').implement({
  description: 'Anything with a stable id, so that a client can cache it and fetch it again.',
  // Only `node` and `nodes` answer a bare Node, and they put the name in.
  resolveType: (value) => (value as NodeValue).__typename,
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable. Never take it apart: natural keys have their own lookups.',
      resolve: () => {
        throw new Error('each type answers its own id');
      },
    }),
  }),
});

async function loadNode(context: GraphqlContext, id: string): Promise<NodeValue | null> {
  const decoded = decodeId(id);
  const load = decoded === null ? undefined : nodeLoads.get(decoded.type);
  if (decoded === null || load === undefined) {
    throw requestError(context.viewer.locale, 'ID_INVALID', { id, type: 'Node' });
  }
  const row = await load(context, decoded.key);
  return row === null ? null : { ...row, __typename: decoded.type };
}

/** As many ids at once as the longest flat page has rows. */
const idsMax = 250;

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description:
      'The object with this id. Null when there is none, or when it is not yours: the two look the same. A text that is no id of ours is refused with ID_INVALID.',
    args: { id: t.arg.id({ required: true, description: 'An `id` that this API gave.' }) },
    resolve: (_root, { id }, context) => loadNode(context, id),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: `The objects with these ids, in their order; null where there is none or it is not yours. At most ${idsMax}.`,
    complexity: ({ ids }) => ({ field: 1, multiplier: Math.max(1, ids.length) }),
    args: { ids: t.arg.idList({ required: true, description: `Up to ${idsMax} ids.` }) },
    resolve: (_root, { ids }, context) => {
      if (ids.length > idsMax) {
        throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', {
          argument: 'ids',
          bound: `0–${idsMax}`,
        });
      }
      return ids.map((id) => loadNode(context, id));
    },
  }),
}));
