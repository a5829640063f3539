/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedQueryDocumentNode as DocumentNode } from 'graphql';
/** Why an alert changed. New values may be added: a client must bear unknown ones. */
export type AlertEventReason =
  /** Somebody took it up. */
  | 'ACKNOWLEDGED'
  /** Whoever took it up did so for a time, which is over. */
  | 'ACKNOWLEDGEMENT_EXPIRED'
  /** It became better, but still holds. */
  | 'DEESCALATED'
  /** It became worse. */
  | 'ESCALATED'
  /** It began to fire. */
  | 'OPENED'
  /** The condition began to hold, but not long enough yet. */
  | 'PENDING'
  /** Within the rule’s window the condition came back, or the alert that had taken its place ended: the same alert fires again. */
  | 'REOPENED'
  /** It is clear for long enough, or there is nothing to watch any more. */
  | 'RESOLVED'
  /** Somebody silenced it for a time. */
  | 'SNOOZED'
  /** It ended because an alert of the same level that says more took its place: nothing got better. Nobody is told of this. */
  | 'SUPERSEDED'
  /** The threshold moved while the alert was open. */
  | 'THRESHOLD_CHANGED'
  /** The silence ended, by somebody or by time. */
  | 'UNSNOOZED';

/** How bad it is. New values may be added: a client must bear unknown ones. */
export type AlertSeverity =
  /** Act now. */
  | 'CRITICAL'
  /** Worth knowing. */
  | 'INFO'
  /** Act in time. */
  | 'WARNING';

/** Whether an API may be called. New values may be added: a client must bear unknown ones. */
export type CapabilityState =
  /** It may. */
  | 'AVAILABLE'
  /** The platform refuses it to this app. */
  | 'DENIED'
  /** The probe got no clear answer. */
  | 'UNKNOWN';

/** How exact a count is. New values may be added: treat an unknown one as AT_LEAST. */
export type CountPrecision =
  /** Counting stopped here; there are at least so many. */
  | 'AT_LEAST'
  /** Exactly so many at the moment of reading. */
  | 'EXACT';

/** How far a quantity can be trusted. New values may be added: a client must bear unknown ones. */
export type DataState =
  /** Confirmed by its source within the last 30 hours, that is within its daily sweep. */
  | 'FRESH'
  /** Not confirmed for more than 30 hours. Value and alerts stay as they are: age alone neither fires nor resolves. */
  | 'STALE'
  /** The last reading was implausible and is held back; the quantities are the last good ones. Neither fires nor resolves. */
  | 'SUSPECT'
  /** Not confirmed for more than 7 days. */
  | 'UNKNOWN';

/** Where goods on their way stand. New values may be added: a client must bear unknown ones. */
export type InboundShipmentStatus =
  /** Will not come. */
  | 'CANCELLED'
  /** Ordered, not yet with the carrier. */
  | 'ORDERED'
  /** Approved from a suggestion and expected; not on record as ordered yet. Recording the same external id as ORDERED or later takes its place. */
  | 'PLANNED'
  /** Arrived. */
  | 'RECEIVED'
  /** With the carrier. */
  | 'SHIPPED';

/** Where an effective value comes from. New values may be added: a client must bear unknown ones. */
export type PolicyValueOrigin =
  /** Computed from demand: needs at least 28 days of it. */
  | 'COMPUTED'
  /** The built-in value, because there is not enough demand to compute one. */
  | 'DEFAULT'
  /** Set by somebody for this item, warehouse, category or the organization. */
  | 'OVERRIDE';

/** How the connection to a shop stands. New values may be added: a client must bear unknown ones. */
export type ShopState =
  /** It is read. */
  | 'ACTIVE'
  /** Its tokens are no longer accepted: somebody must connect it again. */
  | 'AUTHORIZATION_EXPIRED'
  /** It is not read. */
  | 'DISCONNECTED'
  /** The app may not call an API that is needed; see `capabilities`. */
  | 'PERMISSION_MISSING';

/** What an alert is about. New values may be added: a client must bear unknown ones. */
export type StockAlertKind =
  /** available ≤ safety stock × 1.2 (settable), and nothing worse. */
  | 'APPROACHING'
  /** A channel’s pool differs from the physical stock by more than 10 % of it (settable) and more than a unit, for an hour. */
  | 'LISTING_MISMATCH'
  /** available ≤ safety stock. Ends above safety stock × 1.1 and at least one unit above it (settable), as do the kinds below where nothing else is said. */
  | 'LOW_STOCK'
  /** available ≤ 0. Speaks for LOW_STOCK, STOCK_OUT_PREDICTED, REORDER_DUE and APPROACHING, as each of these does for those after it. */
  | 'OUT_OF_STOCK'
  /** available > target level × 1.25 (settable) and more than 0.25 (the same setting) of it beyond need, for a day. Ends at 0.9 × that line or with half that share beyond need. */
  | 'OVERSTOCK'
  /** Position within the protection period ≤ reorder point. */
  | 'REORDER_DUE'
  /** A source was not read for more than 6 hours (settable): one alert for the source. */
  | 'SOURCE_STALE'
  /** Readings of a source are held back as implausible, for 5 minutes; CRITICAL from 20 on, or from half of its levels: then its other readings are not acted on either. */
  | 'SOURCE_SUSPECT'
  /** Probability of running out within the protection period ≥ 0.5 (settable); ends below 0.8 × that. */
  | 'STOCK_OUT_PREDICTED'
  /** Three readings in a row failed (settable), or there is no connection; CRITICAL once the data is stale. Speaks for SOURCE_STALE, and the other way round. */
  | 'SYNC_FAILED';

/** Where an alert stands in its life. All but RESOLVED are open. New values may be added: a client must bear unknown ones. */
export type StockAlertState =
  /** Somebody has taken it up; the condition still holds. */
  | 'ACKNOWLEDGED'
  /** The condition holds and nobody has taken it up. */
  | 'FIRING'
  /** The condition holds, but not long enough yet. */
  | 'PENDING'
  /** The condition no longer holds. Soon after, it is opened again; later a new alert opens. */
  | 'RESOLVED'
  /** Silent until `snoozedUntil`; the condition still holds. */
  | 'SNOOZED';

/** By which way a quantity came in. New values may be added: a client must bear unknown ones. */
export type StockSource =
  /** Read from a warehouse system’s feed. */
  | 'FEED'
  /** Brought by `stockLevelsImport`. */
  | 'IMPORT'
  /** Set by another mutation. */
  | 'MUTATION'
  /** Read from a marketplace by the poller. */
  | 'POLL'
  /** Read again after a marketplace’s message. */
  | 'PUSH'
  /** Changed directly in the database and found by the reconciliation. */
  | 'SQL';

/** Why a stream was read. New values may be added: a client must bear unknown ones. */
export type SyncRunKind =
  /** Single objects that a message, an order or somebody pointed at. */
  | 'HINTS'
  /** What changed since the last. */
  | 'INCREMENTAL'
  /** The first whole reading. */
  | 'INITIAL'
  /** The daily reconciliation: everything again. */
  | 'SWEEP';

/** Where a reading stands. New values may be added: a client must bear unknown ones. */
export type SyncRunState =
  /** Ended by an error; the next one goes on from the last good page. */
  | 'FAILED'
  /** Its worker ended; the next one goes on from the last good page. */
  | 'INTERRUPTED'
  /** Under way. */
  | 'RUNNING'
  /** Read to the end. */
  | 'SUCCEEDED';

/** Why a value is null. New values may be added: a client must bear unknown ones. */
export type UnavailableReason =
  /** Later than the days looked ahead. */
  | 'BEYOND_HORIZON'
  /** Nothing is on its way. */
  | 'NOTHING_INCOMING'
  /** It has no meaning here, such as a threshold of a pool that is not watched. */
  | 'NOT_APPLICABLE'
  /** Nobody has given it. */
  | 'NOT_KNOWN'
  /** No channel offers the item. */
  | 'NOT_LISTED'
  /** The source does not report it. */
  | 'NOT_REPORTED'
  /** It will be computed; nothing has been so far. */
  | 'NOT_YET_COMPUTED'
  /** Neither cost nor price is known. */
  | 'NO_COST'
  /** Nothing was sold or asked for, so it would last for ever. */
  | 'NO_DEMAND'
  /** Too little is on record to say anything; not the same as 0. */
  | 'NO_HISTORY'
  /** The item has no physical warehouse to compare with. */
  | 'NO_PHYSICAL_STOCK'
  /** There was no stock to speak of. */
  | 'NO_STOCK';

/** What kind of location a warehouse is. New values may be added: a client must bear unknown ones. */
export type WarehouseKind =
  /** The quantity that one shop offers for sale: a channel’s view of the same goods, never added to physical stock. */
  | 'MARKETPLACE_POOL'
  /** A place where goods lie. */
  | 'PHYSICAL';

export type WhatIsLowNowQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type WhatIsLowNowQuery = { stockLevels: { totalCount: { value: number, precision: CountPrecision }, nodes: Array<{ available: string, incoming: string | null, position: string | null, dataState: DataState, dataAgeSeconds: number, item: { sku: string, title: string }, warehouse: { name: string, kind: WarehouseKind }, safetyStock: { value: string, origin: PolicyValueOrigin } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WhyWasThisAlertRaisedQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type WhyWasThisAlertRaisedQuery = { stockAlerts: { nodes: Array<{ id: string, kind: StockAlertKind, state: StockAlertState, severity: AlertSeverity, urgency: string, openedAt: string, item: { sku: string, title: string } | null, warehouse: { name: string } | null, explanation: { text: string, binding: string | null, english: string, inputs: Array<{ name: string, value: string, unit: string, source: string, observedAt: string | null }>, steps: Array<{ code: string, label: string, op: string, operands: Array<string>, value: string }> }, events: { nodes: Array<{ reason: AlertEventReason, previousState: StockAlertState | null, state: StockAlertState, occurredAt: string, available: string | null, threshold: string | null }> } }> } };

export type WatchAlertsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WatchAlertsSubscription = { stockAlertChanged: { eventId: string, cursor: string, occurredAt: string, reason: AlertEventReason, previousState: StockAlertState | null, state: StockAlertState, severity: AlertSeverity, available: string | null, threshold: string | null, alert: { id: string, urgency: string, item: { sku: string, title: string } | null, warehouse: { name: string } | null }, gap: { fromCursor: string, resyncRequired: boolean } | null } };

export type ItemWithLevelsQueryVariables = Exact<{
  search?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type ItemWithLevelsQuery = { items: { nodes: Array<{ sku: string, title: string, available: string, incoming: string | null, position: string | null, listedAvailable: string | null, listingDifference: string | null, listingDifferenceUnavailableReason: UnavailableReason | null, unit: { code: string }, stockLevels: { nodes: Array<{ available: string, onHand: string | null, reserved: string | null, incoming: string | null, observedAt: string, dataState: DataState, warehouse: { code: string, name: string, kind: WarehouseKind } }> }, listings: { nodes: Array<{ productId: string, specId: string | null, status: string, packFactor: string, isLinked: boolean, available: string | null }> } }> } };

export type TodaysOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type TodaysOverviewQuery = { viewer: { businessTime: string, clockSpeed: number, organization: { name: string } }, overview: { itemCount: number, warehouseCount: number, stockLevelCount: number, lowStockLevelCount: number, outOfStockLevelCount: number, openAlertCount: number, criticalAlertCount: number, suspectStockLevelCount: number, staleStockLevelCount: number, openInboundShipmentCount: number, troubledShopCount: number, dataAsOf: string | null, stockValue: { amount: string, currencyCode: string } | null } };

export type SyncProgressQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type SyncProgressQuery = { shops: { nodes: Array<{ name: string, platform: string, state: ShopState, stateReason: string | null, streams: Array<{ stream: string, watermarkAt: string | null, passFinishedAt: string | null, cycleSeconds: number | null, sweptAt: string | null }>, capabilities: Array<{ api: string, state: CapabilityState, code: string | null }> | null }> }, syncRuns: { nodes: Array<{ stream: string, kind: SyncRunKind, state: SyncRunState, startedAt: string, finishedAt: string | null, rowCount: number, rowCountExpected: number | null, progress: number | null, changedCount: number, quarantinedCount: number, errorMessage: string | null, shop: { name: string } | null }> } };

export type WatchStockSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WatchStockSubscription = { stockLevelChanged: { cursor: string, occurredAt: string, stockLevel: { available: string, isLow: boolean, item: { sku: string, title: string }, warehouse: { name: string } } } };

export type OversellRiskQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type OversellRiskQuery = { items: { totalCount: { value: number, precision: CountPrecision }, nodes: Array<{ sku: string, title: string, available: string, listedAvailable: string | null, listingDifference: string | null }> } };

export type RecentChangesQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type RecentChangesQuery = { snapshots: { nodes: Array<{ observedAt: string, recordedAt: string, available: string, source: StockSource, isSuspect: boolean, item: { sku: string, title: string } | null, warehouse: { name: string } | null }> } };

export type IncomingGoodsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type IncomingGoodsQuery = { inboundShipments: { nodes: Array<{ externalId: string, status: InboundShipmentStatus, expectedAt: string | null, supplierName: string | null, warehouse: { name: string } | null, lines: Array<{ sku: string | null, quantity: string, receivedQuantity: string | null, item: { title: string } | null }> }> } };

export type DataToDoubtQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type DataToDoubtQuery = { suspect: { nodes: Array<{ id: string, available: string, item: { sku: string }, warehouse: { name: string }, suspectReading: { available: string | null, since: string | null, reason: string | null } | null }> }, old: { nodes: Array<{ checkedAt: string, dataState: DataState, item: { sku: string }, warehouse: { name: string } }> }, quarantinedRows: { nodes: Array<{ stream: string, rowKey: string, reason: string, timesSeen: number, recordedAt: string }> } };

export type RecentOrdersQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type RecentOrdersQuery = { salesOrders: { nodes: Array<{ orderId: string, status: string, orderedAt: string, paidAt: string | null, totalAmount: { amount: string, currencyCode: string } | null, shop: { name: string } | null, lines: Array<{ lineId: string, title: string | null, quantity: string, itemUnits: string | null, item: { sku: string } | null }> }> } };


export const WhatIsLowNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhatIsLowNow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"isLow"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"BooleanValue","value":true}}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"GAP"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"safetyStock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}},{"kind":"Field","name":{"kind":"Name","value":"dataAgeSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<WhatIsLowNowQuery, WhatIsLowNowQueryVariables>;
export const WhyWasThisAlertRaisedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhyWasThisAlertRaised"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"isOpen"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"BooleanValue","value":true}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"explanation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"EnumValue","value":"ZH_CN"}}]},{"kind":"Field","alias":{"kind":"Name","value":"english"},"name":{"kind":"Name","value":"text"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"EnumValue","value":"EN"}}]},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"op"}},{"kind":"Field","name":{"kind":"Name","value":"operands"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"binding"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"previousState"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<WhyWasThisAlertRaisedQuery, WhyWasThisAlertRaisedQueryVariables>;
export const WatchAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchAlerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlertChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"previousState"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"gap"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromCursor"}},{"kind":"Field","name":{"kind":"Name","value":"resyncRequired"}}]}}]}}]}}]} as unknown as DocumentNode<WatchAlertsSubscription, WatchAlertsSubscriptionVariables>;
export const ItemWithLevelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemWithLevels"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}},"defaultValue":{"kind":"StringValue","value":"","block":false}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"title"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"contains"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"listedAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifference"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifferenceUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"onHand"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"listings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"specId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"packFactor"}},{"kind":"Field","name":{"kind":"Name","value":"isLinked"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ItemWithLevelsQuery, ItemWithLevelsQueryVariables>;
export const TodaysOverviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TodaysOverview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"businessTime"}},{"kind":"Field","name":{"kind":"Name","value":"clockSpeed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemCount"}},{"kind":"Field","name":{"kind":"Name","value":"warehouseCount"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"lowStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"outOfStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"openAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"criticalAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"suspectStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"staleStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"openInboundShipmentCount"}},{"kind":"Field","name":{"kind":"Name","value":"troubledShopCount"}},{"kind":"Field","name":{"kind":"Name","value":"stockValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"dataAsOf"}}]}}]}}]} as unknown as DocumentNode<TodaysOverviewQuery, TodaysOverviewQueryVariables>;
export const SyncProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SyncProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shops"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"}},{"kind":"Field","name":{"kind":"Name","value":"streams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"watermarkAt"}},{"kind":"Field","name":{"kind":"Name","value":"passFinishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"cycleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sweptAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"api"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"syncRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCountExpected"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"changedCount"}},{"kind":"Field","name":{"kind":"Name","value":"quarantinedCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}}]}}]}}]} as unknown as DocumentNode<SyncProgressQuery, SyncProgressQueryVariables>;
export const WatchStockDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchStock"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockLevelChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"isLow"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<WatchStockSubscription, WatchStockSubscriptionVariables>;
export const OversellRiskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OversellRisk"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"listingDifference"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"gt"},"value":{"kind":"IntValue","value":"0"}}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"LISTING_DIFFERENCE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"listedAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifference"}}]}}]}}]}}]} as unknown as DocumentNode<OversellRiskQuery, OversellRiskQueryVariables>;
export const RecentChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecentChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"30"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"snapshots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"isSuspect"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecentChangesQuery, RecentChangesQueryVariables>;
export const IncomingGoodsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"IncomingGoods"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inboundShipments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ORDERED"},{"kind":"EnumValue","value":"SHIPPED"}]}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"expectedAt"}},{"kind":"Field","name":{"kind":"Name","value":"supplierName"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"receivedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<IncomingGoodsQuery, IncomingGoodsQueryVariables>;
export const DataToDoubtDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DataToDoubt"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"suspect"},"name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"dataState"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"SUSPECT"}]}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"suspectReading"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"old"},"name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"dataState"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"STALE"},{"kind":"EnumValue","value":"UNKNOWN"}]}}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"DATA_AGE"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"quarantinedRows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"rowKey"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"timesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]}}]}}]} as unknown as DocumentNode<DataToDoubtQuery, DataToDoubtQueryVariables>;
export const RecentOrdersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecentOrders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"salesOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"orderedAt"}},{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"totalAmount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"itemUnits"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecentOrdersQuery, RecentOrdersQueryVariables>;