/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Class by margin of the last 365 days (revenue where the cost is unknown). */
export type AbcClass =
  /** The few items that bring up to 80 %. */
  | 'A'
  /** The next, up to 95 %. */
  | 'B'
  /** The rest. */
  | 'C';

/** What a key may do. New values may be added: a client must bear unknown ones. */
export type AccessScope =
  /** Connect shops, that is hand over tokens. */
  | 'ADMIN_SHOPS'
  /** Alerts with their events and rules, the inbox. */
  | 'READ_ALERTS'
  /** Figures of the whole process at /metrics, of all organizations together. */
  | 'READ_METRICS'
  /** Channels with the people they reach, routes, the delivery log. */
  | 'READ_NOTIFICATIONS'
  /** Customers’ orders. */
  | 'READ_ORDERS'
  /** Shops, sync runs, quarantined rows. */
  | 'READ_SHOPS'
  /** Items, warehouses, levels, snapshots, listings, shipments; forecasts, plans, suggestions, sales policies, backtests. */
  | 'READ_STOCK'
  /** Acknowledge and snooze; set rules. */
  | 'WRITE_ALERTS'
  /** Keep channels and routes, that is hand over secrets; send a test. */
  | 'WRITE_NOTIFICATIONS'
  /** Ask for a sync now. */
  | 'WRITE_SHOPS'
  /** Imports, links, warehouses, shipments; stock and sales policies, promotions, lanes; decisions about suggestions, backtests. */
  | 'WRITE_STOCK';

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

/** Which rule sets a value, the narrowest first. New values may be added. */
export type AlertRuleOrigin =
  /** The rule for the item’s category. */
  | 'CATEGORY'
  /** Nobody set it: the kind’s default. */
  | 'DEFAULT'
  /** The rule for this item. */
  | 'ITEM'
  /** The rule for this item in this warehouse. */
  | 'ITEM_WAREHOUSE'
  /** The organization’s rule. */
  | 'ORGANIZATION'
  /** The rule for this warehouse. */
  | 'WAREHOUSE';

/** For which goods and places. Item, warehouse or both together; or a category; nothing at all = the whole organization. Kinds about sources have none. */
export type AlertRuleScopeInput = {
  /** A category’s name; alone. */
  category?: string | null | undefined;
  /** An item’s id. */
  itemId?: string | null | undefined;
  /** A warehouse’s id. */
  warehouseId?: string | null | undefined;
};

/** What is set. What is left out stays as it is; null = no longer set here, so inherited. */
export type AlertRuleSettingsInput = {
  /** SOURCE_STALE: minutes without a reading, above which it holds; 1 to 43200. Null = inherited. */
  ageMinutesMax?: number | null | undefined;
  /** SOURCE_SUSPECT: readings held back; SYNC_FAILED: failures in a row, from which it holds; 1 to 100000. Null = inherited. */
  countMin?: number | null | undefined;
  /** Minutes after which it is CRITICAL while nobody took it up; 0 = never; 0 to 43200. Null = inherited. */
  escalateAfterMinutes?: number | null | undefined;
  /** Minutes that the condition must hold before it fires; any break starts anew; 0 to 43200. Null = inherited. */
  fireAfterMinutes?: number | null | undefined;
  /** Off: nothing opens, and what is open resolves. Null = inherited. */
  isEnabled?: boolean | null | undefined;
  /** STOCK_OUT_PREDICTED: from this probability on; 0.01 to 1. Null = inherited. */
  probability?: string | number | null | undefined;
  /** How far back over its line a level must come to end the alert, as a share of the line; 0 to 100. Null = inherited. */
  recoveryShare?: string | number | null | undefined;
  /** … and at least so many units; 0 to 1000000. Null = inherited. */
  recoveryUnits?: string | number | null | undefined;
  /** Coming back in less than so many minutes continues the same alert; 0 to 43200. Null = inherited. */
  reopenWithinMinutes?: number | null | undefined;
  /** Minutes that it must be clear before it resolves; 0 to 43200. Null = inherited. */
  resolveAfterMinutes?: number | null | undefined;
  /** Of a fresh alert. Null = inherited. */
  severity?: AlertSeverity | null | undefined;
  /** APPROACHING: share above the safety stock; OVERSTOCK: share above the target level, and of what is available beyond need; LISTING_MISMATCH: share of the physical stock; 0 to 100. Null = inherited. */
  thresholdShare?: string | number | null | undefined;
};

/** Settings of one kind of alert for some goods and places. */
export type AlertRuleUpsertInput = {
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** Of which kind. */
  kind: StockAlertKind;
  /** Name for people, 1 to 100 characters; null = as it is. */
  name?: string | null | undefined;
  /** For what; null = the whole organization. */
  scope?: AlertRuleScopeInput | null | undefined;
  /** What is set. */
  settings: AlertRuleSettingsInput;
};

/** How bad it is. New values may be added: a client must bear unknown ones. */
export type AlertSeverity =
  /** Act now. */
  | 'CRITICAL'
  /** Worth knowing. */
  | 'INFO'
  /** Act in time. */
  | 'WARNING';

/** Conditions on a value of AlertSeverity; all given ones must hold. */
export type AlertSeverityFilter = {
  /** Exactly this. */
  eq?: AlertSeverity | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<AlertSeverity> | null | undefined;
};

/** Goods that are assumed to arrive, such as what a supplier has promised. */
export type AssumedReceiptInput = {
  /** Business day from which they can be sold; not in the past, at most a year ahead. */
  arrivesOn: string;
  /** Units, above 0. */
  quantity: string | number;
  /** Article number of the item. */
  sku: string;
  /** Code of the warehouse they come to. */
  warehouseCode: string;
};

/** Goods that are assumed to leave one warehouse today and to arrive at another. */
export type AssumedTransferInput = {
  /** Business day from which they can be sold there; not in the past, at most a year ahead. */
  arrivesOn: string;
  /** Code of the warehouse they leave today. */
  fromWarehouseCode: string;
  /** Units, above 0. */
  quantity: string | number;
  /** Article number of the item. */
  sku: string;
  /** Code of the warehouse they come to. */
  toWarehouseCode: string;
};

/** Condition on a yes or no. */
export type BooleanFilter = {
  /** Yes (true) or no (false). */
  eq: boolean;
};

/** Whether an API may be called. New values may be added: a client must bear unknown ones. */
export type CapabilityState =
  /** It may. */
  | 'AVAILABLE'
  /** The platform refuses it to this app. */
  | 'DENIED'
  /** The probe got no clear answer. */
  | 'UNKNOWN';

/** The service level of a class. */
export type ClassServiceLevelInput = {
  /** Which class. */
  class: ServiceLevelClass;
  /** Wished probability of no stock-out in a cycle; 0.5 to 0.999. */
  serviceLevel: string | number;
};

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

/** Conditions on a value of DataState; all given ones must hold. */
export type DataStateFilter = {
  /** Exactly this. */
  eq?: DataState | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<DataState> | null | undefined;
};

/** Conditions on an instant; all given ones must hold. A null value matches none of them. */
export type DateTimeFilter = {
  /** At or after this instant. */
  gte?: string | null | undefined;
  /** True: only where there is none; false: only where there is one. */
  isNull?: boolean | null | undefined;
  /** Before this instant, itself not. */
  lt?: string | null | undefined;
};

/** Conditions on a quantity; all given ones must hold. A null value matches none of them. */
export type DecimalFilter = {
  /** Equal in value: 1.50 equals 1.5. */
  eq?: string | number | null | undefined;
  /** Greater than this, itself not. */
  gt?: string | number | null | undefined;
  /** Greater than or equal to this. */
  gte?: string | number | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<string | number> | null | undefined;
  /** True: only unknown values; false: only known ones. */
  isNull?: boolean | null | undefined;
  /** Less than this, itself not. */
  lt?: string | number | null | undefined;
  /** Less than or equal to this. */
  lte?: string | number | null | undefined;
};

/** Which messages. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type DeliveryFilter = {
  /** All of these hold. An empty list holds. */
  and?: Array<DeliveryFilter> | null | undefined;
  /** The channel, by its id. */
  channelId?: IdFilter | null | undefined;
  /** Why it tells more. */
  digest?: NotificationDigestFilter | null | undefined;
  /** What it is about. */
  kind?: NotificationDeliveryKindFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: DeliveryFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<DeliveryFilter> | null | undefined;
  /** When it was composed. */
  queuedAt?: DateTimeFilter | null | undefined;
  /** Name of the one recipient. */
  recipient?: TextFilter | null | undefined;
  /** Where it stands. */
  state?: NotificationDeliveryStateFilter | null | undefined;
};

/** Pattern of demand: how often, and how unevenly. New values may be added: treat an unknown one as “something else”. */
export type DemandClass =
  /** Often and unevenly. */
  | 'ERRATIC'
  /** Seldom and evenly. */
  | 'INTERMITTENT'
  /** Seldom and unevenly. */
  | 'LUMPY'
  /** Often and evenly. */
  | 'SMOOTH';

/** What a day’s demand was counted from. New values may be added. */
export type DemandSource =
  /** Shipped movements of a warehouse system: demand of one warehouse. */
  | 'MOVEMENTS'
  /** Orders of customers: demand on the pool. */
  | 'ORDERS';

/** How demand is forecast. New values may be added: treat an unknown one as “something else”. */
export type ForecastMethod =
  /** Simple exponential smoothing. */
  | 'EXPONENTIAL_SMOOTHING'
  /** The default: pooled weekday factors times several smoothed levels, mixed by how well each did. */
  | 'LEVEL_MIX'
  /** Mean of the last 28 days. */
  | 'MOVING_AVERAGE'
  /** Syntetos and Boylan’s correction of Croston’s method. */
  | 'SBA'
  /** The same weekday of last week. */
  | 'SEASONAL_NAIVE'
  /** Teunter, Syntetos and Babai: smoothed probability of a sale times smoothed size. */
  | 'TSB';

/** How good a health score is. */
export type HealthBand =
  /** Below 40. */
  | 'CRITICAL'
  /** 60 to below 80. */
  | 'FAIR'
  /** 80 and more. */
  | 'GOOD'
  /** 40 to below 60. */
  | 'POOR';

/** Conditions on a reference to another object; all given ones must hold. */
export type IdFilter = {
  /** The object with this id. */
  eq?: string | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<string> | null | undefined;
};

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

/** Which items. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type ItemFilter = {
  /** A, B or C. */
  abcClass?: TextFilter | null | undefined;
  /** All of these hold. An empty list holds. */
  and?: Array<ItemFilter> | null | undefined;
  /** Physical stock, else the pool. */
  available?: DecimalFilter | null | undefined;
  /** The category’s name. */
  category?: TextFilter | null | undefined;
  /** Median days until the first of its levels is empty. */
  daysToStockOut?: DecimalFilter | null | undefined;
  /** Value of the excess, money. */
  excessValue?: DecimalFilter | null | undefined;
  /** Whether any physical warehouse holds the item. */
  hasPhysical?: BooleanFilter | null | undefined;
  /** Health score, 0 to 100. */
  healthScore?: DecimalFilter | null | undefined;
  /** On the way to physical warehouses. */
  incoming?: DecimalFilter | null | undefined;
  /** Whether any watched level is at or below its threshold. */
  isLow?: BooleanFilter | null | undefined;
  /** What channels offer. */
  listedAvailable?: DecimalFilter | null | undefined;
  /** Pool minus physical; above 0 = risk of overselling. */
  listingDifference?: DecimalFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: ItemFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<ItemFilter> | null | undefined;
  /** The merchant’s article number. */
  sku?: TextFilter | null | undefined;
  /** The greatest of its levels, 0 to 1. */
  stockOutProbability?: DecimalFilter | null | undefined;
  /** Value of the stock, money. */
  stockValue?: DecimalFilter | null | undefined;
  /** The usual supplier. */
  supplierName?: TextFilter | null | undefined;
  /** The title. */
  title?: TextFilter | null | undefined;
  /** Turns a year over the last 90 days. */
  turnover?: DecimalFilter | null | undefined;
  /** The most urgent of its levels, 0 to 100. */
  urgencyScore?: DecimalFilter | null | undefined;
  /** X, Y or Z. */
  xyzClass?: TextFilter | null | undefined;
};

/** One step of the order; later steps decide among equals, and the unique key last. At most 4 steps. */
export type ItemOrder = {
  /** Which way; ASC unless given. */
  direction?: OrderDirection;
  /** What to sort by. */
  field: ItemOrderField;
  /** Where rows without a value stand; LAST unless given. */
  nulls?: NullsOrder;
};

/** What the list can be sorted by. New values may be added. */
export type ItemOrderField =
  /** Physical stock, else the pool. */
  | 'AVAILABLE'
  /** Category’s name. */
  | 'CATEGORY'
  /** Median days until the first of its levels is empty: the soonest first, ascending. */
  | 'DAYS_TO_STOCK_OUT'
  /** Value of the excess. */
  | 'EXCESS_VALUE'
  /** Health score: the worst first, ascending. */
  | 'HEALTH'
  /** On the way to physical warehouses. */
  | 'INCOMING'
  /** What channels offer. */
  | 'LISTED_AVAILABLE'
  /** Pool minus physical. */
  | 'LISTING_DIFFERENCE'
  /** When the item was last stored. */
  | 'RECORDED_AT'
  /** Article number. */
  | 'SKU'
  /** The greatest of its levels. */
  | 'STOCK_OUT_PROBABILITY'
  /** Value of the stock. */
  | 'STOCK_VALUE'
  /** Title. */
  | 'TITLE'
  /** Turns a year over the last 90 days. */
  | 'TURNOVER'
  /** The most urgent of its levels. */
  | 'URGENCY';

/** By which way a message goes out. New values may be added: a client must bear unknown ones. */
export type NotificationChannelKind =
  /** A DingTalk group, by a custom robot. */
  | 'DINGTALK'
  /** Mail, one to each recipient. */
  | 'EMAIL'
  /** A Feishu group, by a custom robot. */
  | 'FEISHU'
  /** Messages inside this API: `notifications`. */
  | 'INBOX'
  /** SMS by Alibaba Cloud, one to each recipient, by an approved template. */
  | 'SMS'
  /** A signed HTTP call, as Standard Webhooks describes it. */
  | 'WEBHOOK'
  /** A WeCom group, by a robot. */
  | 'WECOM';

/** Whether the other side still takes messages. New values may be added. */
export type NotificationChannelState =
  /** As far as anybody knows. */
  | 'ACTIVE'
  /** It said that it is gone for good; nothing is sent until its secrets are entered anew. */
  | 'GONE';

/** A channel to try. */
export type NotificationChannelTestInput = {
  /** The channel’s id. */
  id: string;
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** Name of one of its recipients; null = the first. For EMAIL and SMS only. */
  recipient?: string | null | undefined;
};

/** What a message is about. New values may be added: a client must bear unknown ones. */
export type NotificationDeliveryKind =
  /** Alerts. */
  | 'ALERTS'
  /** An approved order to a supplier, sent when somebody asked for it. */
  | 'ORDERS'
  /** Changes of what storefronts may do with items. */
  | 'SALES_POLICIES'
  /** Nothing: somebody tries the channel. */
  | 'TEST';

/** Conditions on a value of NotificationDeliveryKind; all given ones must hold. */
export type NotificationDeliveryKindFilter = {
  /** Exactly this. */
  eq?: NotificationDeliveryKind | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<NotificationDeliveryKind> | null | undefined;
};

/** Where a message stands. New values may be added: a client must bear unknown ones. */
export type NotificationDeliveryState =
  /** Given up: refused for good, or tried too often. */
  | 'FAILED'
  /** Waits for its first or next attempt. */
  | 'QUEUED'
  /** The other side took it. */
  | 'SENT';

/** Conditions on a value of NotificationDeliveryState; all given ones must hold. */
export type NotificationDeliveryStateFilter = {
  /** Exactly this. */
  eq?: NotificationDeliveryState | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<NotificationDeliveryState> | null | undefined;
};

/** Why a message tells more than one thing. New values may be added: a client must bear unknown ones. */
export type NotificationDigest =
  /** The address was busy, or its rate was used up. */
  | 'BUDGET'
  /** It does not. */
  | 'NONE'
  /** The route gathers over a window, or quiet hours were. */
  | 'WINDOW';

/** Conditions on a value of NotificationDigest; all given ones must hold. */
export type NotificationDigestFilter = {
  /** Exactly this. */
  eq?: NotificationDigest | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<NotificationDigest> | null | undefined;
};

/** Where rows without a value stand, whichever the direction. */
export type NullsOrder =
  /** Before all others. */
  | 'FIRST'
  /** After all others. */
  | 'LAST';

/** Which way a list is sorted. */
export type OrderDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** Where an effective value comes from. New values may be added: a client must bear unknown ones. */
export type PolicyValueOrigin =
  /** Computed from demand: needs at least 28 days of it. */
  | 'COMPUTED'
  /** The built-in value, because there is not enough demand to compute one. */
  | 'DEFAULT'
  /** Set by somebody for this item, warehouse, category or the organization. */
  | 'OVERRIDE';

/** What is suggested. New values may be added. */
export type ReplenishmentKind =
  /** A quantity to offer in a channel’s pool, from what the physical warehouses hold. Never a purchase. */
  | 'LISTING'
  /** Goods to order, for a physical warehouse, or for the pool of an item that has none. */
  | 'PURCHASE';

/** Conditions on a value of ReplenishmentKind; all given ones must hold. */
export type ReplenishmentKindFilter = {
  /** Exactly this. */
  eq?: ReplenishmentKind | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<ReplenishmentKind> | null | undefined;
};

/** How a safety stock is computed. New values may be added. */
export type SafetyStockMethod =
  /** Z · √L̄ · σ_D. */
  | 'CLASSIC'
  /** Z · √(P̄·σ_d² + d̄²·σ_L²). */
  | 'LEAD_TIME_VARIANCE'
  /** Quantile of the protection period’s demand less its mean: what reaches the service level. */
  | 'QUANTILE';

/** A what-if: an overlay on the facts that plans rest on, computed by the same functions and kept nowhere. An empty one answers exactly what is stored. */
export type ScenarioInput = {
  /** Goods assumed to arrive. */
  assumedReceipts?: Array<AssumedReceiptInput> | null | undefined;
  /** Goods assumed to be moved. */
  assumedTransfers?: Array<AssumedTransferInput> | null | undefined;
  /** Demand times this, above 0 up to 100; null = as it is. */
  demandFactor?: string | number | null | undefined;
  /** Days added to the lead times of new orders, within ±365; never below 0 in all. Goods under way keep their day. */
  leadTimeDaysAdd?: string | number | null | undefined;
  /** Lead times of new orders times this, above 0 up to 100; null = as they are. */
  leadTimeFactor?: string | number | null | undefined;
  /** A promotion; null = none. */
  promotion?: ScenarioPromotionInput | null | undefined;
  /** Service level of every level, 0.5 to 0.999. A safety stock set by a person stays. */
  serviceLevel?: string | number | null | undefined;
};

/** A promotion that is only thought of. It raises the demand of every level that is asked for. */
export type ScenarioPromotionInput = {
  /** Demand of these days times this, above 0 up to 100. */
  factor: string | number;
  /** First business day. */
  fromOn: string;
  /** Last business day, itself included; at most a year ahead. */
  toOn: string;
};

/** How wide the buckets of a series are. New values may be added. */
export type SeriesInterval =
  /** Business days of the warehouse’s time zone, from midnight. */
  | 'DAY'
  /** Whole hours. */
  | 'HOUR'
  /** Weeks of the warehouse’s time zone, from Monday. */
  | 'WEEK';

/** Where a service level comes from that nobody set. New values may be added. */
export type ServiceLevelBasis =
  /** By the item’s ABC and XYZ class: AX 0.98, AY 0.97, AZ and B 0.95, C 0.9 unless set. */
  | 'CLASS'
  /** What would have cost the item’s class least over the last half year, looked for once a week (`economicServiceLevels`); by class until it is found. */
  | 'ECONOMIC';

/** ABC and XYZ class; a letter alone = every class that begins with it and has no level of its own. */
export type ServiceLevelClass =
  /** Every class that begins with A. */
  | 'A'
  /** Class AX. */
  | 'AX'
  /** Class AY. */
  | 'AY'
  /** Class AZ. */
  | 'AZ'
  /** Every class that begins with B. */
  | 'B'
  /** Class BX. */
  | 'BX'
  /** Class BY. */
  | 'BY'
  /** Class BZ. */
  | 'BZ'
  /** Every class that begins with C. */
  | 'C'
  /** Class CX. */
  | 'CX'
  /** Class CY. */
  | 'CY'
  /** Class CZ. */
  | 'CZ';

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

/** A shop to be read now. */
export type ShopSyncRequestInput = {
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** The shop’s id. */
  shopId: string;
};

/** Which snapshots. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type SnapshotFilter = {
  /** All of these hold. An empty list holds. */
  and?: Array<SnapshotFilter> | null | undefined;
  /** What could be promised. */
  available?: DecimalFilter | null | undefined;
  /** Whether it was held back as implausible. */
  isSuspect?: BooleanFilter | null | undefined;
  /** The item, by its id. */
  itemId?: IdFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: SnapshotFilter | null | undefined;
  /** When it was true at the source. */
  observedAt?: DateTimeFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<SnapshotFilter> | null | undefined;
  /** When it was stored. */
  recordedAt?: DateTimeFilter | null | undefined;
  /** By which way it came in. */
  source?: StockSourceFilter | null | undefined;
  /** The warehouse, by its id. */
  warehouseId?: IdFilter | null | undefined;
};

/** An alert that somebody takes up. */
export type StockAlertAcknowledgeInput = {
  /** The alert’s id. */
  id: string;
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** What they have to say, 1 to 500 characters; null = nothing. */
  note?: string | null | undefined;
  /** When it shall fire again if it is not over by then (business time): after now, at most 90 days ahead; null = never. */
  until?: string | null | undefined;
};

/** Which alerts. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type StockAlertFilter = {
  /** All of these hold. An empty list holds. */
  and?: Array<StockAlertFilter> | null | undefined;
  /** When it last changed; of an event, when the event was. */
  changedAt?: DateTimeFilter | null | undefined;
  /** Everything but RESOLVED. */
  isOpen?: BooleanFilter | null | undefined;
  /** Whether another alert speaks for it now, such as that of its source; see `suppressedBy`. */
  isSuppressed?: BooleanFilter | null | undefined;
  /** Whether the alert of its source speaks for it now: it is held, and that one alert stands for all of them. */
  isSuppressedBySource?: BooleanFilter | null | undefined;
  /** The item, by its id. */
  itemId?: IdFilter | null | undefined;
  /** What the alert is about. */
  kind?: StockAlertKindFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: StockAlertFilter | null | undefined;
  /** When the alert opened. */
  openedAt?: DateTimeFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<StockAlertFilter> | null | undefined;
  /** How bad it is; of an event, after the event. */
  severity?: AlertSeverityFilter | null | undefined;
  /** The shop of a source alert, by its id. */
  shopId?: IdFilter | null | undefined;
  /** Article number of the item. */
  sku?: TextFilter | null | undefined;
  /** Where it stands; of an event, after the event. */
  state?: StockAlertStateFilter | null | undefined;
  /** The board’s order, higher is sooner. */
  urgency?: DecimalFilter | null | undefined;
  /** Code of the warehouse. */
  warehouseCode?: TextFilter | null | undefined;
  /** The warehouse, by its id. */
  warehouseId?: IdFilter | null | undefined;
};

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

/** Conditions on a value of StockAlertKind; all given ones must hold. */
export type StockAlertKindFilter = {
  /** Exactly this. */
  eq?: StockAlertKind | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<StockAlertKind> | null | undefined;
};

/** One step of the order; later steps decide among equals, and the unique key last. At most 4 steps. */
export type StockAlertOrder = {
  /** Which way; ASC unless given. */
  direction?: OrderDirection;
  /** What to sort by. */
  field: StockAlertOrderField;
  /** Where rows without a value stand; LAST unless given. */
  nulls?: NullsOrder;
};

/** What the list can be sorted by. New values may be added. */
export type StockAlertOrderField =
  /** When it last changed. */
  | 'CHANGED_AT'
  /** When it opened. */
  | 'OPENED_AT'
  /** How urgent; DESC = most urgent first. */
  | 'URGENCY';

/** An alert to be silent for a time. */
export type StockAlertSnoozeInput = {
  /** The alert’s id. */
  id: string;
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** Until when (business time): after now, at most 90 days ahead. It may still resolve or get worse. */
  until: string;
};

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

/** Conditions on a value of StockAlertState; all given ones must hold. */
export type StockAlertStateFilter = {
  /** Exactly this. */
  eq?: StockAlertState | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<StockAlertState> | null | undefined;
};

/** A silent alert that shall speak again. */
export type StockAlertUnsnoozeInput = {
  /** The alert’s id. */
  id: string;
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
};

/** Which levels. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type StockLevelFilter = {
  /** All of these hold. An empty list holds. */
  and?: Array<StockLevelFilter> | null | undefined;
  /** What can be promised. */
  available?: DecimalFilter | null | undefined;
  /** Category of the item. */
  category?: TextFilter | null | undefined;
  /** When the source last confirmed it. */
  checkedAt?: DateTimeFilter | null | undefined;
  /** How far the quantity can be trusted now. */
  dataState?: DataStateFilter | null | undefined;
  /** Available over the mean forecast, days. */
  daysOfStock?: DecimalFilter | null | undefined;
  /** Median days until the shelf is empty; null beyond a year or without a forecast. */
  daysToStockOut?: DecimalFilter | null | undefined;
  /** Value of what 90 days are not likely to need, money. */
  excessValue?: DecimalFilter | null | undefined;
  /** Available minus threshold; 0 or less = low. */
  gap?: DecimalFilter | null | undefined;
  /** Health score, 0 to 100. */
  healthScore?: DecimalFilter | null | undefined;
  /** Share of the last 90 days with stock, 0 to 1. */
  inStockRate?: DecimalFilter | null | undefined;
  /** What is on the way. */
  incoming?: DecimalFilter | null | undefined;
  /** Stock that did not sell for 180 days. */
  isDead?: BooleanFilter | null | undefined;
  /** Watched and at or below the threshold. */
  isLow?: BooleanFilter | null | undefined;
  /** The item, by its id. */
  itemId?: IdFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: StockLevelFilter | null | undefined;
  /** When the quantity was true at the source. */
  observedAt?: DateTimeFilter | null | undefined;
  /** What lies there. */
  onHand?: DecimalFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<StockLevelFilter> | null | undefined;
  /** Available plus incoming, unknown incoming as 0. */
  position?: DecimalFilter | null | undefined;
  /** Reorder point, units. */
  reorderPoint?: DecimalFilter | null | undefined;
  /** Article number of the item. */
  sku?: TextFilter | null | undefined;
  /** Probability of running out within the protection period, 0 to 1. */
  stockOutProbability?: DecimalFilter | null | undefined;
  /** Value of the stock, money. */
  stockValue?: DecimalFilter | null | undefined;
  /** The quantity at or below which the level is low. */
  threshold?: DecimalFilter | null | undefined;
  /** Title of the item. */
  title?: TextFilter | null | undefined;
  /** Turns a year over the last 90 days. */
  turnover?: DecimalFilter | null | undefined;
  /** Urgency score, 0 to 100, higher is sooner. */
  urgencyScore?: DecimalFilter | null | undefined;
  /** Code of the warehouse. */
  warehouseCode?: TextFilter | null | undefined;
  /** The warehouse, by its id. */
  warehouseId?: IdFilter | null | undefined;
  /** Physical or a channel’s pool. */
  warehouseKind?: WarehouseKindFilter | null | undefined;
};

/** Which goods and places. Item, warehouse or both together; or a category, or a supplier; nothing at all = the whole organization. */
export type StockPolicyScopeInput = {
  /** A category’s name; alone. */
  category?: string | null | undefined;
  /** An item’s id. */
  itemId?: string | null | undefined;
  /** A supplier’s name; alone. */
  supplierName?: string | null | undefined;
  /** A warehouse’s id. */
  warehouseId?: string | null | undefined;
};

/** Settings for some goods and places. */
export type StockPolicySetInput = {
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** For what. */
  scope: StockPolicyScopeInput;
  /** What is set. */
  values: StockPolicyValuesInput;
};

/** What is set. What is left out stays as it is; null = no longer set here. */
export type StockPolicyValuesInput = {
  /** Service levels by class, in the place of those set here before; classes left out keep the usual ones. Null = none set here. */
  classServiceLevels?: Array<ClassServiceLevelInput> | null | undefined;
  /** Days of expected demand above which an order is flagged, not cut; 90 where nobody sets it; 1 to 3650. Null = not set here. */
  coverDaysMax?: string | number | null | undefined;
  /** Days from order to receipt; 0 to 730. Null = not set here. */
  leadTimeDays?: string | number | null | undefined;
  /** Least that can be ordered, units; 0 to 1000000000000. Null = not set here. */
  minOrderQuantity?: string | number | null | undefined;
  /** Least value of one order, money; used of a supplier’s policy, else of the organization’s; 0 to 1000000000000. Null = not set here. */
  minOrderValue?: string | number | null | undefined;
  /** Most that is ordered at once, units; 0 to 1000000000000. Null = not set here. */
  orderCap?: string | number | null | undefined;
  /** Orders are multiples of this, units; 0 to 1000000000000. Null = not set here. */
  orderMultiple?: string | number | null | undefined;
  /** Days between two decisions; 0 to 365. Null = not set here. */
  reviewPeriodDays?: string | number | null | undefined;
  /** Units at or below which the level is low; 0 to 1000000000000. Null = not set here. */
  safetyStock?: string | number | null | undefined;
  /** How safety stocks are computed; QUANTILE where nobody sets it. Null = not set here. */
  safetyStockMethod?: SafetyStockMethod | null | undefined;
  /** Probability of no stock-out in a cycle; 0.5 to 0.999. Null = not set here. */
  serviceLevel?: string | number | null | undefined;
  /** Where service levels come from that nobody set; CLASS where nobody says. Null = not set here. */
  serviceLevelBasis?: ServiceLevelBasis | null | undefined;
};

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

/** Conditions on a value of StockSource; all given ones must hold. */
export type StockSourceFilter = {
  /** Exactly this. */
  eq?: StockSource | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<StockSource> | null | undefined;
};

/** A decision about a suggestion. */
export type SuggestionDecideInput = {
  /** What to do. */
  decision: SuggestionDecision;
  /** The suggested quantity as it was seen; refused when it is another by now. Null = not checked. */
  expectedQuantity?: string | number | null | undefined;
  /** The suggestion’s id. */
  id: string;
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
  /** With APPROVE: other than suggested, above 0, in the item’s unit; null = as suggested. */
  quantity?: string | number | null | undefined;
  /** Why, 1 to 500 characters; needed with DISMISS. */
  reason?: string | null | undefined;
  /** With DISMISS: suggest nothing here for so many days, 0 to 365, unless the need grows by a quarter; 7 unless given. */
  silentDays?: number | null | undefined;
};

/** What to do with a suggestion. */
export type SuggestionDecision =
  /** Do it, with the suggested or another quantity. Only while OPEN. Nothing is ordered by it. */
  | 'APPROVE'
  /** Take an approval back: nothing is expected any more. Only while APPROVED. */
  | 'CANCEL'
  /** Do not do it; a reason is needed. While OPEN or HELD. */
  | 'DISMISS'
  /** Believe what the guard held: OPEN again with the new quantity. Only while HELD. */
  | 'RELEASE';

/** Which suggestions. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type SuggestionFilter = {
  /** All of these hold. An empty list holds. */
  and?: Array<SuggestionFilter> | null | undefined;
  /** Category of the item. */
  category?: TextFilter | null | undefined;
  /** When somebody decided. */
  decidedAt?: DateTimeFilter | null | undefined;
  /** Whether the next chance to order would be too late. */
  isDue?: BooleanFilter | null | undefined;
  /** Whether the day to order on is past. */
  isOverdue?: BooleanFilter | null | undefined;
  /** The item, by its id. */
  itemId?: IdFilter | null | undefined;
  /** Purchase or listing quantity. */
  kind?: ReplenishmentKindFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: SuggestionFilter | null | undefined;
  /** When it was first suggested. */
  openedAt?: DateTimeFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<SuggestionFilter> | null | undefined;
  /** The suggested quantity. */
  quantity?: DecimalFilter | null | undefined;
  /** Article number of the item. */
  sku?: TextFilter | null | undefined;
  /** Where it stands. Named nowhere at the top of the filter = OPEN and HELD only. */
  state?: SuggestionStateFilter | null | undefined;
  /** The supplier of a purchase. */
  supplierName?: TextFilter | null | undefined;
  /** Urgency of the level, 0 to 100, higher is sooner. */
  urgencyScore?: DecimalFilter | null | undefined;
  /** Value of the suggested quantity, money. */
  value?: DecimalFilter | null | undefined;
  /** Code of the warehouse. */
  warehouseCode?: TextFilter | null | undefined;
  /** The warehouse, by its id. */
  warehouseId?: IdFilter | null | undefined;
};

/** The release of everything that the guard holds. */
export type SuggestionGuardReleaseInput = {
  /** Made up by the client, 1 to 200 characters; the same key with the same input within 24 hours returns the first answer and changes nothing, with another input it is refused. A refusal is not kept: the key may be used again. Null = every call counts. */
  idempotencyKey?: string | null | undefined;
};

/** One step of the order; later steps decide among equals, and the unique key last. At most 4 steps. */
export type SuggestionOrder = {
  /** Which way; ASC unless given. */
  direction?: OrderDirection;
  /** What to sort by. */
  field: SuggestionOrderField;
  /** Where rows without a value stand; LAST unless given. */
  nulls?: NullsOrder;
};

/** What the list can be sorted by. New values may be added. */
export type SuggestionOrderField =
  /** When somebody decided. */
  | 'DECIDED_AT'
  /** When it was first suggested. */
  | 'OPENED_AT'
  /** Latest day to order: the soonest first, ascending. */
  | 'ORDER_BY'
  /** The suggested quantity. */
  | 'QUANTITY'
  /** Article number of the item. */
  | 'SKU'
  /** Name of the supplier. */
  | 'SUPPLIER'
  /** Urgency of the level: the most urgent first, descending. */
  | 'URGENCY'
  /** Value of the suggested quantity. */
  | 'VALUE';

/** Where a suggestion stands. New values may be added. */
export type SuggestionState =
  /** Approved; a purchase is expected inbound until it is recorded or cancelled. */
  | 'APPROVED'
  /** Approved, and cancelled afterwards. */
  | 'CANCELLED'
  /** Not wanted, with a reason. */
  | 'DISMISSED'
  /** No longer needed before anybody decided. */
  | 'EXPIRED'
  /** Moves more than its history warrants: somebody should look at `holdCauses` and release it first. */
  | 'HELD'
  /** Waits for a decision. */
  | 'OPEN'
  /** Approved, and the order is on record by now. */
  | 'RECORDED';

/** Conditions on a value of SuggestionState; all given ones must hold. */
export type SuggestionStateFilter = {
  /** Exactly this. */
  eq?: SuggestionState | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<SuggestionState> | null | undefined;
};

/** Which sync runs. All given fields must hold. Nested at most 4 deep, with at most 500 values. */
export type SyncRunFilter = {
  /** All of these hold. An empty list holds. */
  and?: Array<SyncRunFilter> | null | undefined;
  /** Why it was read. */
  kind?: SyncRunKindFilter | null | undefined;
  /** This does not hold; an unknown value counts as not holding. */
  not?: SyncRunFilter | null | undefined;
  /** At least one of these holds. An empty list matches nothing. */
  or?: Array<SyncRunFilter> | null | undefined;
  /** The shop, by its id. */
  shopId?: IdFilter | null | undefined;
  /** When it began. */
  startedAt?: DateTimeFilter | null | undefined;
  /** Where it stands. */
  state?: SyncRunStateFilter | null | undefined;
  /** What was read, such as listings. */
  stream?: TextFilter | null | undefined;
};

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

/** Conditions on a value of SyncRunKind; all given ones must hold. */
export type SyncRunKindFilter = {
  /** Exactly this. */
  eq?: SyncRunKind | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<SyncRunKind> | null | undefined;
};

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

/** Conditions on a value of SyncRunState; all given ones must hold. */
export type SyncRunStateFilter = {
  /** Exactly this. */
  eq?: SyncRunState | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<SyncRunState> | null | undefined;
};

/** Conditions on a text; all given ones must hold. A null value matches none of them. */
export type TextFilter = {
  /** Holds this part, upper and lower case alike. */
  contains?: string | null | undefined;
  /** Exactly this, upper and lower case distinct. */
  eq?: string | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<string> | null | undefined;
};

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

/** What should happen, most urgent first; OUT, WILL_RUN_OUT and ORDER_NOW are ranked together by money. New values may be added: treat an unknown one as “something else”. */
export type UrgencyTier =
  /** More than the coming 90 days are likely to need, or dead. */
  | 'EXCESS'
  /** Nothing to do. */
  | 'OK'
  /** The latest day to order has come. */
  | 'ORDER_NOW'
  /** It comes before the next chance but one. */
  | 'ORDER_SOON'
  /** Nothing is left, somebody wants it and nothing arrives today. */
  | 'OUT'
  /** Negative or phantom stock, overdue inbound: count or chase. */
  | 'RECORD'
  /** The data cannot be believed: held back as implausible, not confirmed for 30 hours, or its source not read lately, failing or cut off. Check it first. */
  | 'SOURCE'
  /** Will be empty before an ordinary order could arrive. */
  | 'WILL_RUN_OUT';

/** Why a mutation was refused. New values may be added: show `message` for unknown ones. */
export type UserErrorCode =
  /** The platform does not accept the tokens or the code. */
  | 'AUTHORIZATION_REFUSED'
  /** The same thing is named twice in one input. */
  | 'DUPLICATE'
  /** The idempotency key was used for another mutation or another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** Two given values contradict each other. */
  | 'INCONSISTENT'
  /** A value has the wrong form. */
  | 'INVALID'
  /** The object is of a kind to which this cannot be done. */
  | 'NOT_ALLOWED_HERE'
  /** The platform is not set up on this installation. */
  | 'NOT_CONFIGURED'
  /** There is no such object, or it is not yours. */
  | 'NOT_FOUND'
  /** A value lies outside its stated bounds. */
  | 'OUT_OF_RANGE'
  /** The platform does not let the app call what is needed. */
  | 'PERMISSION_MISSING'
  /** The platform does not answer; try again later. */
  | 'PLATFORM_UNAVAILABLE'
  /** Something that is needed was left out. */
  | 'REQUIRED'
  /** The object is in a state in which this cannot be done. */
  | 'STATE_CONFLICT';

/** What kind of location a warehouse is. New values may be added: a client must bear unknown ones. */
export type WarehouseKind =
  /** The quantity that one shop offers for sale: a channel’s view of the same goods, never added to physical stock. */
  | 'MARKETPLACE_POOL'
  /** A place where goods lie. */
  | 'PHYSICAL';

/** Conditions on a value of WarehouseKind; all given ones must hold. */
export type WarehouseKindFilter = {
  /** Exactly this. */
  eq?: WarehouseKind | null | undefined;
  /** One of these. An empty list matches nothing. */
  in?: Array<WarehouseKind> | null | undefined;
};

/** Class by steadiness of weekly demand over 26 weeks. */
export type XyzClass =
  /** Steady: coefficient of variation up to 0.5. */
  | 'X'
  /** Up to 1. */
  | 'Y'
  /** Erratic: above 1. */
  | 'Z';

export type AlertRowFragment = { id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null };

export type AlertBoardQueryVariables = Exact<{
  filter: StockAlertFilter;
  held: StockAlertFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type AlertBoardQuery = { stockAlerts: { nodes: Array<{ id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null }>, totalCount: { value: number, precision: CountPrecision }, pageInfo: { endCursor: string | null, hasNextPage: boolean } }, held: { totalCount: { value: number, precision: CountPrecision } } };

export type AlertsQueryVariables = Exact<{
  filter?: StockAlertFilter | null | undefined;
  orderBy?: Array<StockAlertOrder> | StockAlertOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AlertsQuery = { stockAlerts: { nodes: Array<{ id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null }> } };

export type AlertDetailQueryVariables = Exact<{
  id: string;
}>;


export type AlertDetailQuery = { stockAlert: { id: string, explanation: { text: string, binding: string | null, inputs: Array<{ name: string, label: string, value: string, unit: string, source: string, observedAt: string | null }>, steps: Array<{ code: string, label: string, op: string, operands: Array<string>, unit: string, value: string }> }, stockLevel: { id: string, available: string, incoming: string | null, dataState: DataState, dataAgeSeconds: number, checkedAt: string } | null, events: { nodes: Array<{ eventId: string, occurredAt: string, reason: AlertEventReason, state: StockAlertState, severity: AlertSeverity, available: string | null, threshold: string | null }> } } | null };

export type AlertAcknowledgeMutationVariables = Exact<{
  input: StockAlertAcknowledgeInput;
}>;


export type AlertAcknowledgeMutation = { stockAlertAcknowledge: { stockAlert: { id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type AlertSnoozeMutationVariables = Exact<{
  input: StockAlertSnoozeInput;
}>;


export type AlertSnoozeMutation = { stockAlertSnooze: { stockAlert: { id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type AlertUnsnoozeMutationVariables = Exact<{
  input: StockAlertUnsnoozeInput;
}>;


export type AlertUnsnoozeMutation = { stockAlertUnsnooze: { stockAlert: { id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type ConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConnectionsQuery = { shops: { nodes: Array<{ id: string, name: string, platform: string, memberId: string, state: ShopState, stateReason: string | null, observedAt: string, capabilities: Array<{ api: string, state: CapabilityState, code: string | null, stream: string | null }> | null, streams: Array<{ stream: string, cycleSeconds: number | null, passStartedAt: string | null, passFinishedAt: string | null, sweptAt: string | null, watermarkAt: string | null }> }> } };

export type SyncRunRowFragment = { id: string, kind: SyncRunKind, stream: string, state: SyncRunState, progress: number | null, pageCount: number, rowCount: number, rowCountExpected: number | null, changedCount: number, quarantinedCount: number, startedAt: string, finishedAt: string | null, errorCode: string | null, errorMessage: string | null, shop: { id: string, name: string } | null };

export type SyncRunsQueryVariables = Exact<{
  filter?: SyncRunFilter | null | undefined;
  first: number;
}>;


export type SyncRunsQuery = { syncRuns: { nodes: Array<{ id: string, kind: SyncRunKind, stream: string, state: SyncRunState, progress: number | null, pageCount: number, rowCount: number, rowCountExpected: number | null, changedCount: number, quarantinedCount: number, startedAt: string, finishedAt: string | null, errorCode: string | null, errorMessage: string | null, shop: { id: string, name: string } | null }> } };

export type SyncRunChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SyncRunChangesSubscription = { syncRunChanged: { id: string, kind: SyncRunKind, stream: string, state: SyncRunState, progress: number | null, pageCount: number, rowCount: number, rowCountExpected: number | null, changedCount: number, quarantinedCount: number, startedAt: string, finishedAt: string | null, errorCode: string | null, errorMessage: string | null, shop: { id: string, name: string } | null } };

export type QuarantineQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type QuarantineQuery = { quarantinedRows: { nodes: Array<{ id: string, stream: string, rowKey: string, reason: string, raw: string, timesSeen: number, observedAt: string, shop: { id: string, name: string } | null }>, totalCount: { value: number, precision: CountPrecision }, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type ShopSyncMutationVariables = Exact<{
  input: ShopSyncRequestInput;
}>;


export type ShopSyncMutation = { shopSyncRequest: { shop: { id: string, name: string } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type ItemQueryVariables = Exact<{
  sku: string;
}>;


export type ItemQuery = { item: { id: string, sku: string, title: string, category: string | null, supplierName: string | null, imageUrl: string | null, abcClass: AbcClass | null, xyzClass: XyzClass | null, demandClass: DemandClass | null, daysToStockOutUnavailableReason: UnavailableReason | null, healthUnavailableReason: UnavailableReason | null, available: string, incoming: string | null, incomingUnavailableReason: UnavailableReason | null, position: string | null, listedAvailable: string | null, listingDifference: string | null, listingDifferenceUnavailableReason: UnavailableReason | null, observedAt: string, daysToStockOut: { p10: string | null, p50: string | null, p90: string | null, horizonDays: number } | null, health: { score: string, band: HealthBand } | null, unit: { code: string, decimals: number }, unitCost: { amount: string, currencyCode: string } | null, unitPrice: { amount: string, currencyCode: string } | null, stockLevels: { nodes: Array<{ id: string, available: string, onHand: string | null, reserved: string | null, damaged: string | null, incoming: string | null, quantityUnavailableReason: UnavailableReason | null, isLow: boolean, isWatched: boolean, dataState: DataState, dataAgeSeconds: number, checkedAt: string, safetyStockUnavailableReason: UnavailableReason | null, daysOfStock: string | null, orderByOn: string | null, safetyStock: { value: string, origin: PolicyValueOrigin, computedAt: string | null } | null, daysToStockOut: { p10: string | null, p50: string | null, p90: string | null, horizonDays: number } | null, urgency: { tier: UrgencyTier, action: string } | null, health: { score: string, band: HealthBand } | null, suspectReading: { available: string | null, reason: string | null, since: string | null } | null, warehouse: { id: string, code: string, name: string, kind: WarehouseKind, timeZone: string } }> }, listings: { nodes: Array<{ id: string, productId: string, specId: string | null, title: string, variantTitle: string | null, status: string, available: string | null, packFactor: string, shop: { id: string, name: string } | null }> } } | null };

export type ItemAlertsQueryVariables = Exact<{
  sku: string;
}>;


export type ItemAlertsQuery = { item: { id: string, alerts: { nodes: Array<{ id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null }> } } | null };

export type ItemSeriesQueryVariables = Exact<{
  sku: string;
  from: string;
  to: string;
  interval: SeriesInterval;
}>;


export type ItemSeriesQuery = { item: { id: string, series: Array<{ startAt: string, endAt: string, open: string, close: string, low: string, high: string, outOfStockMinutes: number }> } | null };

export type LevelSeriesQueryVariables = Exact<{
  sku: string;
  warehouseCode: string;
  from: string;
  to: string;
  interval: SeriesInterval;
}>;


export type LevelSeriesQuery = { stockLevel: { id: string, series: Array<{ startAt: string, endAt: string, open: string, close: string, low: string, high: string, outOfStockMinutes: number }> } | null };

export type SnapshotsQueryVariables = Exact<{
  filter?: SnapshotFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SnapshotsQuery = { snapshots: { nodes: Array<{ observedAt: string, recordedAt: string, available: string, onHand: string | null, reserved: string | null, damaged: string | null, incoming: string | null, isSuspect: boolean, source: StockSource, warehouse: { id: string, code: string, name: string } | null }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type ItemPlanQueryVariables = Exact<{
  sku: string;
  horizonDays: number;
}>;


export type ItemPlanQuery = { item: { id: string, stockLevels: { nodes: Array<{ id: string, available: string, isWatched: boolean, forecastUnavailableReason: UnavailableReason | null, warehouse: { id: string, code: string, timeZone: string }, safetyStock: { value: string, origin: PolicyValueOrigin } | null, reorderPoint: { value: string, origin: PolicyValueOrigin } | null, targetLevel: { value: string, origin: PolicyValueOrigin } | null, arrivals: Array<{ date: string, units: string }>, daysToStockOut: { p10: string | null, p50: string | null, p90: string | null, horizonDays: number } | null, forecast: { method: ForecastMethod, unitsPerDay: string | null, dataAsOf: string, flags: Array<string>, points: Array<{ date: string, mean: string, p10: string, p50: string, p90: string }> } | null, sum1: { p10: string | null, p90: string | null } | null, sum3: { p10: string | null, p90: string | null } | null, sum7: { p10: string | null, p90: string | null } | null, sum14: { p10: string | null, p90: string | null } | null, sum28: { p10: string | null, p90: string | null } | null, sum56: { p10: string | null, p90: string | null } | null }> } } | null };

export type DemandSumFragment = { p10: string | null, p90: string | null };

export type ItemDemandQueryVariables = Exact<{
  sku: string;
  from: string;
  to: string;
}>;


export type ItemDemandQuery = { item: { id: string, stockLevels: { nodes: Array<{ id: string, isWatched: boolean, warehouse: { id: string, code: string, kind: WarehouseKind }, demand: Array<{ date: string, units: string, isCensored: boolean, source: DemandSource | null }> }> } } | null };

export type ItemInboundQueryVariables = Exact<{
  sku: string;
}>;


export type ItemInboundQuery = { item: { id: string, inboundLines: Array<{ lineId: string, quantity: string, receivedQuantity: string | null, shipment: { id: string, externalId: string, status: InboundShipmentStatus, expectedAt: string | null, receivedAt: string | null, supplierName: string | null, warehouse: { id: string, code: string, name: string } | null } | null }> } | null };

export type ItemRowFragment = { id: string, sku: string, title: string, category: string | null, available: string, incoming: string | null, incomingUnavailableReason: UnavailableReason | null, listedAvailable: string | null, listingDifference: string | null, abcClass: AbcClass | null, daysToStockOutUnavailableReason: UnavailableReason | null, healthUnavailableReason: UnavailableReason | null, valueUnavailableReason: UnavailableReason | null, daysToStockOut: { p10: string | null, p50: string | null, p90: string | null, horizonDays: number } | null, health: { score: string, band: HealthBand } | null, excessValue: { amount: string, currencyCode: string } | null, unit: { code: string, decimals: number }, stockLevels: { nodes: Array<{ id: string, available: string, isLow: boolean, isWatched: boolean, dataState: DataState, safetyStock: { value: string, origin: PolicyValueOrigin } | null, warehouse: { id: string, code: string, name: string, kind: WarehouseKind } }> } };

export type ItemsQueryVariables = Exact<{
  filter?: ItemFilter | null | undefined;
  orderBy?: Array<ItemOrder> | ItemOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ItemsQuery = { items: { nodes: Array<{ id: string, sku: string, title: string, category: string | null, available: string, incoming: string | null, incomingUnavailableReason: UnavailableReason | null, listedAvailable: string | null, listingDifference: string | null, abcClass: AbcClass | null, daysToStockOutUnavailableReason: UnavailableReason | null, healthUnavailableReason: UnavailableReason | null, valueUnavailableReason: UnavailableReason | null, daysToStockOut: { p10: string | null, p50: string | null, p90: string | null, horizonDays: number } | null, health: { score: string, band: HealthBand } | null, excessValue: { amount: string, currencyCode: string } | null, unit: { code: string, decimals: number }, stockLevels: { nodes: Array<{ id: string, available: string, isLow: boolean, isWatched: boolean, dataState: DataState, safetyStock: { value: string, origin: PolicyValueOrigin } | null, warehouse: { id: string, code: string, name: string, kind: WarehouseKind } }> } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type ItemCountQueryVariables = Exact<{
  filter?: ItemFilter | null | undefined;
}>;


export type ItemCountQuery = { items: { totalCount: { value: number, precision: CountPrecision } } };

export type LevelTicksSubscriptionVariables = Exact<{
  filter?: StockLevelFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LevelTicksSubscription = { stockLevelChanged: { cursor: string, gap: { resyncRequired: boolean } | null } };

export type ChannelsQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type ChannelsQuery = { notificationChannels: { nodes: Array<{ id: string, name: string, kind: NotificationChannelKind, state: NotificationChannelState, isEnabled: boolean, perMinuteMax: number | null, recipients: Array<{ name: string }>, statistics: { sentCount: number, failedCount: number, queuedCount: number, latencyP50Seconds: number | null, latencyP99Seconds: number | null } }> }, notificationRoutes: { nodes: Array<{ id: string, name: string, isEnabled: boolean, severityMin: AlertSeverity, digestMinutes: number, channels: Array<{ id: string, name: string }> }> } };

export type DeliveryRowFragment = { id: string, state: NotificationDeliveryState, kind: NotificationDeliveryKind, title: string, severity: AlertSeverity, recipient: string | null, attempts: number, noticeCount: number, queuedAt: string, finishedAt: string | null, nextAttemptAt: string | null, latencySeconds: number | null, answer: string | null, errorCode: string | null, channel: { id: string, name: string, kind: NotificationChannelKind } | null };

export type DeliveriesQueryVariables = Exact<{
  filter?: DeliveryFilter | null | undefined;
  first: number;
}>;


export type DeliveriesQuery = { notificationDeliveries: { nodes: Array<{ id: string, state: NotificationDeliveryState, kind: NotificationDeliveryKind, title: string, severity: AlertSeverity, recipient: string | null, attempts: number, noticeCount: number, queuedAt: string, finishedAt: string | null, nextAttemptAt: string | null, latencySeconds: number | null, answer: string | null, errorCode: string | null, channel: { id: string, name: string, kind: NotificationChannelKind } | null }>, totalCount: { value: number, precision: CountPrecision } } };

export type ChannelTestMutationVariables = Exact<{
  input: NotificationChannelTestInput;
}>;


export type ChannelTestMutation = { notificationChannelTest: { notificationDelivery: { id: string, state: NotificationDeliveryState, kind: NotificationDeliveryKind, title: string, severity: AlertSeverity, recipient: string | null, attempts: number, noticeCount: number, queuedAt: string, finishedAt: string | null, nextAttemptAt: string | null, latencySeconds: number | null, answer: string | null, errorCode: string | null, channel: { id: string, name: string, kind: NotificationChannelKind } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { overview: { itemCount: number, warehouseCount: number, stockLevelCount: number, lowStockLevelCount: number, outOfStockLevelCount: number, suspectStockLevelCount: number, staleStockLevelCount: number, unknownStockLevelCount: number, openAlertCount: number, criticalAlertCount: number, firingAlertCount: number, openInboundShipmentCount: number, itemWithoutCostCount: number, stockValueUnavailableReason: UnavailableReason | null, shopCount: number, troubledShopCount: number, inStockRate: number | null, turnover: string | null, kpiUnavailableReason: UnavailableReason | null, atRiskItemCount: number, availableUnits: string, dataAsOf: string | null, computedAt: string, stockValue: { amount: string, currencyCode: string } | null, health: { score: string, band: HealthBand, levelCount: number } | null, plannedStockValue: { amount: string, currencyCode: string } | null, excessValue: { amount: string, currencyCode: string } | null, trend: Array<{ date: string, demandUnits: string | null, openedAlertCount: number, resolvedAlertCount: number, openAlertCount: number }> } };

export type AlertCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type AlertCountsQuery = { criticalFiring: { totalCount: { value: number, precision: CountPrecision } }, criticalTaken: { totalCount: { value: number, precision: CountPrecision } }, warningFiring: { totalCount: { value: number, precision: CountPrecision } }, warningTaken: { totalCount: { value: number, precision: CountPrecision } }, infoFiring: { totalCount: { value: number, precision: CountPrecision } }, infoTaken: { totalCount: { value: number, precision: CountPrecision } } };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { shops: { nodes: Array<{ id: string, name: string, platform: string, state: ShopState, stateReason: string | null, observedAt: string, streams: Array<{ stream: string, cycleSeconds: number | null, passStartedAt: string | null, passFinishedAt: string | null, sweptAt: string | null, watermarkAt: string | null }> }> } };

export type AlertRuleRowFragment = { id: string, kind: StockAlertKind, name: string, category: string | null, recordedAt: string, item: { id: string, sku: string, title: string } | null, warehouse: { id: string, code: string, name: string } | null, values: Array<{ setting: string, value: string, origin: AlertRuleOrigin }> };

export type AlertRulesQueryVariables = Exact<{
  first: number;
}>;


export type AlertRulesQuery = { alertRules: { nodes: Array<{ id: string, kind: StockAlertKind, name: string, category: string | null, recordedAt: string, item: { id: string, sku: string, title: string } | null, warehouse: { id: string, code: string, name: string } | null, values: Array<{ setting: string, value: string, origin: AlertRuleOrigin }> }>, pageInfo: { hasNextPage: boolean } } };

export type AlertRuleSaveMutationVariables = Exact<{
  input: AlertRuleUpsertInput;
}>;


export type AlertRuleSaveMutation = { alertRuleUpsert: { alertRule: { id: string, kind: StockAlertKind, name: string, category: string | null, recordedAt: string, item: { id: string, sku: string, title: string } | null, warehouse: { id: string, code: string, name: string } | null, values: Array<{ setting: string, value: string, origin: AlertRuleOrigin }> } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> }> } };

export type ItemOfSkuQueryVariables = Exact<{
  sku: string;
}>;


export type ItemOfSkuQuery = { item: { id: string, title: string } | null };

export type ThresholdSetMutationVariables = Exact<{
  input: StockPolicySetInput;
}>;


export type ThresholdSetMutation = { stockPolicySet: { userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type BootQueryVariables = Exact<{ [key: string]: never; }>;


export type BootQuery = { eventCursor: string, viewer: { businessTime: string, clockSpeed: number, isAnonymous: boolean, keyName: string | null, scopes: Array<AccessScope>, organization: { name: string } }, warehouses: { nodes: Array<{ id: string, code: string, name: string, kind: WarehouseKind, timeZone: string, location: { latitude: number, longitude: number } | null }> } };

export type CursorQueryVariables = Exact<{ [key: string]: never; }>;


export type CursorQuery = { eventCursor: string, viewer: { businessTime: string, clockSpeed: number } };

export type AlertChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AlertChangesSubscription = { stockAlertChanged: { cursor: string, eventId: string, occurredAt: string, reason: AlertEventReason, previousState: StockAlertState | null, gap: { resyncRequired: boolean } | null, alert: { id: string, kind: StockAlertKind, severity: AlertSeverity, state: StockAlertState, urgency: string, available: string | null, threshold: string | null, thresholdOrigin: PolicyValueOrigin | null, openedAt: string, changedAt: string, resolvedAt: string | null, snoozedUntil: string | null, acknowledgedBy: string | null, acknowledgedNote: string | null, suppressedCount: number | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } } | null, warehouse: { id: string, code: string, name: string } | null, shop: { id: string, name: string } | null, suppressedBy: { id: string, kind: StockAlertKind } | null } } };

export type SuggestionRowFragment = { id: string, kind: ReplenishmentKind, state: SuggestionState, quantity: string, acceptedQuantity: string | null, decidedQuantity: string | null, need: string, isDue: boolean, orderByOn: string | null, overdueDays: number, expectedArrivalOn: string | null, openedAt: string, decidedAt: string | null, decidedBy: string | null, decisionReason: string | null, supplierName: string | null, urgencyScore: string | null, flags: Array<string>, holdCauses: Array<string>, value: { amount: string, currencyCode: string } | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } }, warehouse: { id: string, code: string, name: string }, stockLevel: { id: string, available: string, incoming: string | null, reorderPoint: { value: string } | null, targetLevel: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null } };

export type SuggestionsQueryVariables = Exact<{
  filter?: SuggestionFilter | null | undefined;
  orderBy?: Array<SuggestionOrder> | SuggestionOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SuggestionsQuery = { replenishmentSuggestions: { nodes: Array<{ id: string, kind: ReplenishmentKind, state: SuggestionState, quantity: string, acceptedQuantity: string | null, decidedQuantity: string | null, need: string, isDue: boolean, orderByOn: string | null, overdueDays: number, expectedArrivalOn: string | null, openedAt: string, decidedAt: string | null, decidedBy: string | null, decisionReason: string | null, supplierName: string | null, urgencyScore: string | null, flags: Array<string>, holdCauses: Array<string>, value: { amount: string, currencyCode: string } | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } }, warehouse: { id: string, code: string, name: string }, stockLevel: { id: string, available: string, incoming: string | null, reorderPoint: { value: string } | null, targetLevel: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null } }>, totalCount: { value: number, precision: CountPrecision }, pageInfo: { endCursor: string | null, hasNextPage: boolean } }, suggestionGuard: { isHeld: boolean, heldCount: number, judgedCount: number, heldSinceAt: string | null } };

export type SuggestionWhyQueryVariables = Exact<{
  id: string;
}>;


export type SuggestionWhyQuery = { node:
    | { __typename: 'AlertRule', id: string }
    | { __typename: 'InboundShipment', id: string }
    | { __typename: 'Item', id: string }
    | { __typename: 'Listing', id: string }
    | { __typename: 'Notification', id: string }
    | { __typename: 'NotificationChannel', id: string }
    | { __typename: 'NotificationDelivery', id: string }
    | { __typename: 'NotificationRoute', id: string }
    | { __typename: 'QuarantinedRow', id: string }
    | { __typename: 'ReplenishmentSuggestion', id: string, explanation: { text: string, binding: string | null, inputs: Array<{ name: string, label: string, value: string, unit: string, source: string, observedAt: string | null }>, steps: Array<{ code: string, label: string, op: string, operands: Array<string>, unit: string, value: string }> } }
    | { __typename: 'SalesOrder', id: string }
    | { __typename: 'Shop', id: string }
    | { __typename: 'StockAlert', id: string }
    | { __typename: 'StockLevel', id: string }
    | { __typename: 'SyncRun', id: string }
    | { __typename: 'TransferSuggestion', id: string }
    | { __typename: 'Warehouse', id: string }
   | null };

export type SuggestionDecideMutationVariables = Exact<{
  input: SuggestionDecideInput;
}>;


export type SuggestionDecideMutation = { replenishmentSuggestionDecide: { replenishmentSuggestion: { id: string, kind: ReplenishmentKind, state: SuggestionState, quantity: string, acceptedQuantity: string | null, decidedQuantity: string | null, need: string, isDue: boolean, orderByOn: string | null, overdueDays: number, expectedArrivalOn: string | null, openedAt: string, decidedAt: string | null, decidedBy: string | null, decisionReason: string | null, supplierName: string | null, urgencyScore: string | null, flags: Array<string>, holdCauses: Array<string>, value: { amount: string, currencyCode: string } | null, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } }, warehouse: { id: string, code: string, name: string }, stockLevel: { id: string, available: string, incoming: string | null, reorderPoint: { value: string } | null, targetLevel: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null } } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type SuggestionGuardReleaseMutationVariables = Exact<{
  input: SuggestionGuardReleaseInput;
}>;


export type SuggestionGuardReleaseMutation = { suggestionGuardRelease: { releasedCount: number, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type WhatIfQueryVariables = Exact<{
  scenario: ScenarioInput;
  filter?: StockLevelFilter | null | undefined;
  first: number;
}>;


export type WhatIfQuery = { portfolioPlan: { refusedCount: number, base: { levelCount: number, atRiskCount: number, likelyOutCount: number, reorderDueCount: number, expectedLostMargin: { amount: string, currencyCode: string }, safetyStockValue: { amount: string, currencyCode: string }, shortfallValue: { amount: string, currencyCode: string }, excessValue: { amount: string, currencyCode: string } }, scenario: { levelCount: number, atRiskCount: number, likelyOutCount: number, reorderDueCount: number, expectedLostMargin: { amount: string, currencyCode: string }, safetyStockValue: { amount: string, currencyCode: string }, shortfallValue: { amount: string, currencyCode: string }, excessValue: { amount: string, currencyCode: string } }, changes: Array<{ expectedLostUnitsChange: string, stockLevel: { id: string, item: { id: string, sku: string, title: string }, warehouse: { id: string, name: string } } | null, base: { orderByOn: string | null, reorderPoint: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null }, scenario: { orderByOn: string | null, reorderPoint: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null } }> } };

export type PortfolioRowFragment = { levelCount: number, atRiskCount: number, likelyOutCount: number, reorderDueCount: number, expectedLostMargin: { amount: string, currencyCode: string }, safetyStockValue: { amount: string, currencyCode: string }, shortfallValue: { amount: string, currencyCode: string }, excessValue: { amount: string, currencyCode: string } };

export type LevelWhatIfFragment = { orderByOn: string | null, reorderPoint: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null };

export type TransferRowFragment = { id: string, state: SuggestionState, quantity: string, decidedQuantity: string | null, arrivesOn: string, expectedLostUnitsAvoided: string, decidedAt: string | null, decidedBy: string | null, decisionReason: string | null, flags: Array<string>, cost: { amount: string, currencyCode: string }, gain: { amount: string, currencyCode: string }, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } }, donor: { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } }, receiver: { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } } };

export type TransferEndRowFragment = { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } };

export type TransfersQueryVariables = Exact<{
  filter?: SuggestionFilter | null | undefined;
  first: number;
}>;


export type TransfersQuery = { transferSuggestions: { nodes: Array<{ id: string, state: SuggestionState, quantity: string, decidedQuantity: string | null, arrivesOn: string, expectedLostUnitsAvoided: string, decidedAt: string | null, decidedBy: string | null, decisionReason: string | null, flags: Array<string>, cost: { amount: string, currencyCode: string }, gain: { amount: string, currencyCode: string }, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } }, donor: { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } }, receiver: { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } } }>, totalCount: { value: number, precision: CountPrecision } } };

export type TransferWhyQueryVariables = Exact<{
  id: string;
}>;


export type TransferWhyQuery = { node:
    | { __typename: 'AlertRule', id: string }
    | { __typename: 'InboundShipment', id: string }
    | { __typename: 'Item', id: string }
    | { __typename: 'Listing', id: string }
    | { __typename: 'Notification', id: string }
    | { __typename: 'NotificationChannel', id: string }
    | { __typename: 'NotificationDelivery', id: string }
    | { __typename: 'NotificationRoute', id: string }
    | { __typename: 'QuarantinedRow', id: string }
    | { __typename: 'ReplenishmentSuggestion', id: string }
    | { __typename: 'SalesOrder', id: string }
    | { __typename: 'Shop', id: string }
    | { __typename: 'StockAlert', id: string }
    | { __typename: 'StockLevel', id: string }
    | { __typename: 'SyncRun', id: string }
    | { __typename: 'TransferSuggestion', id: string, explanation: { text: string, binding: string | null, inputs: Array<{ name: string, label: string, value: string, unit: string, source: string, observedAt: string | null }>, steps: Array<{ code: string, label: string, op: string, operands: Array<string>, unit: string, value: string }> } }
    | { __typename: 'Warehouse', id: string }
   | null };

export type TransferDecideMutationVariables = Exact<{
  input: SuggestionDecideInput;
}>;


export type TransferDecideMutation = { transferSuggestionDecide: { transferSuggestion: { id: string, state: SuggestionState, quantity: string, decidedQuantity: string | null, arrivesOn: string, expectedLostUnitsAvoided: string, decidedAt: string | null, decidedBy: string | null, decisionReason: string | null, flags: Array<string>, cost: { amount: string, currencyCode: string }, gain: { amount: string, currencyCode: string }, item: { id: string, sku: string, title: string, unit: { code: string, decimals: number } }, donor: { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } }, receiver: { warehouse: { id: string, code: string, name: string }, stockOutProbability: { before: number, after: number } } } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } };

export type WarehouseCountsQueryVariables = Exact<{
  id: string;
}>;


export type WarehouseCountsQuery = { warehouse: { id: string, health: { score: string, band: HealthBand } | null } | null, all: { totalCount: { value: number, precision: CountPrecision } }, low: { totalCount: { value: number, precision: CountPrecision } }, out: { totalCount: { value: number, precision: CountPrecision } } };

export type HeatRowsQueryVariables = Exact<{
  filter?: ItemFilter | null | undefined;
  orderBy?: Array<ItemOrder> | ItemOrder | null | undefined;
  first: number;
}>;


export type HeatRowsQuery = { items: { nodes: Array<{ id: string, sku: string, title: string, stockLevels: { nodes: Array<{ id: string, available: string, safetyStock: { value: string } | null, daysToStockOut: { p50: string | null, horizonDays: number } | null, health: { score: string, band: HealthBand } | null, warehouse: { id: string } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export const AlertRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertRowFragment, unknown>;
export const SyncRunRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRunRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"pageCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCountExpected"}},{"kind":"Field","name":{"kind":"Name","value":"changedCount"}},{"kind":"Field","name":{"kind":"Name","value":"quarantinedCount"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<SyncRunRowFragment, unknown>;
export const DemandSumFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DemandSum"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Quantiles"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}}]}}]} as unknown as DocumentNode<DemandSumFragment, unknown>;
export const ItemRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ItemRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Item"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"listedAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifference"}},{"kind":"Field","name":{"kind":"Name","value":"abcClass"}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOutUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}}]}},{"kind":"Field","name":{"kind":"Name","value":"healthUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"excessValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"valueUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"12"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"isLow"}},{"kind":"Field","name":{"kind":"Name","value":"isWatched"}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}},{"kind":"Field","name":{"kind":"Name","value":"safetyStock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ItemRowFragment, unknown>;
export const DeliveryRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"noticeCount"}},{"kind":"Field","name":{"kind":"Name","value":"queuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencySeconds"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"channel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]} as unknown as DocumentNode<DeliveryRowFragment, unknown>;
export const AlertRuleRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRuleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlertRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setting"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]} as unknown as DocumentNode<AlertRuleRowFragment, unknown>;
export const SuggestionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SuggestionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReplenishmentSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"decidedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"need"}},{"kind":"Field","name":{"kind":"Name","value":"isDue"}},{"kind":"Field","name":{"kind":"Name","value":"orderByOn"}},{"kind":"Field","name":{"kind":"Name","value":"overdueDays"}},{"kind":"Field","name":{"kind":"Name","value":"expectedArrivalOn"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"supplierName"}},{"kind":"Field","name":{"kind":"Name","value":"urgencyScore"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"holdCauses"}},{"kind":"Field","name":{"kind":"Name","value":"value"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"reorderPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"targetLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}}]}}]}}]} as unknown as DocumentNode<SuggestionRowFragment, unknown>;
export const PortfolioRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PortfolioRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PortfolioFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"levelCount"}},{"kind":"Field","name":{"kind":"Name","value":"atRiskCount"}},{"kind":"Field","name":{"kind":"Name","value":"likelyOutCount"}},{"kind":"Field","name":{"kind":"Name","value":"reorderDueCount"}},{"kind":"Field","name":{"kind":"Name","value":"expectedLostMargin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"safetyStockValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shortfallValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"excessValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]} as unknown as DocumentNode<PortfolioRowFragment, unknown>;
export const LevelWhatIfFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LevelWhatIf"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LevelPlan"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderByOn"}},{"kind":"Field","name":{"kind":"Name","value":"reorderPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}}]}}]} as unknown as DocumentNode<LevelWhatIfFragment, unknown>;
export const TransferEndRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferEndRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockOutProbability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]} as unknown as DocumentNode<TransferEndRowFragment, unknown>;
export const TransferRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"decidedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"arrivesOn"}},{"kind":"Field","name":{"kind":"Name","value":"expectedLostUnitsAvoided"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"donor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferEndRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receiver"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferEndRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferEndRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockOutProbability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]} as unknown as DocumentNode<TransferRowFragment, unknown>;
export const AlertBoardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AlertBoard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"held"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"held"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"held"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertBoardQuery, AlertBoardQueryVariables>;
export const AlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Alerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertsQuery, AlertsQueryVariables>;
export const AlertDetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AlertDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"binding"}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"op"}},{"kind":"Field","name":{"kind":"Name","value":"operands"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}},{"kind":"Field","name":{"kind":"Name","value":"dataAgeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AlertDetailQuery, AlertDetailQueryVariables>;
export const AlertAcknowledgeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AlertAcknowledge"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertAcknowledgeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlertAcknowledge"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertAcknowledgeMutation, AlertAcknowledgeMutationVariables>;
export const AlertSnoozeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AlertSnooze"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertSnoozeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlertSnooze"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertSnoozeMutation, AlertSnoozeMutationVariables>;
export const AlertUnsnoozeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AlertUnsnooze"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlertUnsnoozeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlertUnsnooze"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertUnsnoozeMutation, AlertUnsnoozeMutationVariables>;
export const ConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shops"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"api"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"stream"}}]}},{"kind":"Field","name":{"kind":"Name","value":"streams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"cycleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"passStartedAt"}},{"kind":"Field","name":{"kind":"Name","value":"passFinishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sweptAt"}},{"kind":"Field","name":{"kind":"Name","value":"watermarkAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConnectionsQuery, ConnectionsQueryVariables>;
export const SyncRunsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SyncRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRunFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRunRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRunRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"pageCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCountExpected"}},{"kind":"Field","name":{"kind":"Name","value":"changedCount"}},{"kind":"Field","name":{"kind":"Name","value":"quarantinedCount"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<SyncRunsQuery, SyncRunsQueryVariables>;
export const SyncRunChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SyncRunChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRunChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRunRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRunRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"pageCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"rowCountExpected"}},{"kind":"Field","name":{"kind":"Name","value":"changedCount"}},{"kind":"Field","name":{"kind":"Name","value":"quarantinedCount"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<SyncRunChangesSubscription, SyncRunChangesSubscriptionVariables>;
export const QuarantineDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Quarantine"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quarantinedRows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"rowKey"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"raw"}},{"kind":"Field","name":{"kind":"Name","value":"timesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<QuarantineQuery, QuarantineQueryVariables>;
export const ShopSyncDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ShopSync"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ShopSyncRequestInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shopSyncRequest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ShopSyncMutation, ShopSyncMutationVariables>;
export const ItemDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Item"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"supplierName"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"abcClass"}},{"kind":"Field","name":{"kind":"Name","value":"xyzClass"}},{"kind":"Field","name":{"kind":"Name","value":"demandClass"}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOutUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}}]}},{"kind":"Field","name":{"kind":"Name","value":"healthUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"listedAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifference"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifferenceUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitCost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"onHand"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"damaged"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"quantityUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"isLow"}},{"kind":"Field","name":{"kind":"Name","value":"isWatched"}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}},{"kind":"Field","name":{"kind":"Name","value":"dataAgeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"safetyStock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"computedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"safetyStockUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"daysOfStock"}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"orderByOn"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tier"}},{"kind":"Field","name":{"kind":"Name","value":"action"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suspectReading"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"since"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"listings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"productId"}},{"kind":"Field","name":{"kind":"Name","value":"specId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"packFactor"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ItemQuery, ItemQueryVariables>;
export const ItemAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemAlerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<ItemAlertsQuery, ItemAlertsQueryVariables>;
export const ItemSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"interval"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SeriesInterval"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"interval"},"value":{"kind":"Variable","name":{"kind":"Name","value":"interval"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startAt"}},{"kind":"Field","name":{"kind":"Name","value":"endAt"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"close"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"outOfStockMinutes"}}]}}]}}]}}]} as unknown as DocumentNode<ItemSeriesQuery, ItemSeriesQueryVariables>;
export const LevelSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LevelSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"warehouseCode"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"interval"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SeriesInterval"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}},{"kind":"Argument","name":{"kind":"Name","value":"warehouseCode"},"value":{"kind":"Variable","name":{"kind":"Name","value":"warehouseCode"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"interval"},"value":{"kind":"Variable","name":{"kind":"Name","value":"interval"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startAt"}},{"kind":"Field","name":{"kind":"Name","value":"endAt"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"close"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"outOfStockMinutes"}}]}}]}}]}}]} as unknown as DocumentNode<LevelSeriesQuery, LevelSeriesQueryVariables>;
export const SnapshotsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Snapshots"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SnapshotFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"snapshots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"onHand"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"damaged"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"isSuspect"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<SnapshotsQuery, SnapshotsQueryVariables>;
export const ItemPlanDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemPlan"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"horizonDays"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"isWatched"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"safetyStock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reorderPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"targetLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"arrivals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"units"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"forecastUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"forecast"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"horizonDays"},"value":{"kind":"Variable","name":{"kind":"Name","value":"horizonDays"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"unitsPerDay"}},{"kind":"Field","name":{"kind":"Name","value":"dataAsOf"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"points"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"mean"}},{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"sum1"},"name":{"kind":"Name","value":"demandOver"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DemandSum"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"sum3"},"name":{"kind":"Name","value":"demandOver"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DemandSum"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"sum7"},"name":{"kind":"Name","value":"demandOver"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"7"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DemandSum"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"sum14"},"name":{"kind":"Name","value":"demandOver"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"14"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DemandSum"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"sum28"},"name":{"kind":"Name","value":"demandOver"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"28"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DemandSum"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"sum56"},"name":{"kind":"Name","value":"demandOver"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"56"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DemandSum"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DemandSum"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Quantiles"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}}]}}]} as unknown as DocumentNode<ItemPlanQuery, ItemPlanQueryVariables>;
export const ItemDemandDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemDemand"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"isWatched"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"demand"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"isCensored"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ItemDemandQuery, ItemDemandQueryVariables>;
export const ItemInboundDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemInbound"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"inboundLines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineId"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"receivedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"shipment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"expectedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"supplierName"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ItemInboundQuery, ItemInboundQueryVariables>;
export const ItemsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Items"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ItemFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ItemOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ItemRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ItemRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Item"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"incomingUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"listedAvailable"}},{"kind":"Field","name":{"kind":"Name","value":"listingDifference"}},{"kind":"Field","name":{"kind":"Name","value":"abcClass"}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p10"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOutUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}}]}},{"kind":"Field","name":{"kind":"Name","value":"healthUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"excessValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"valueUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"12"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"isLow"}},{"kind":"Field","name":{"kind":"Name","value":"isWatched"}},{"kind":"Field","name":{"kind":"Name","value":"dataState"}},{"kind":"Field","name":{"kind":"Name","value":"safetyStock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ItemsQuery, ItemsQueryVariables>;
export const ItemCountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ItemFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}}]} as unknown as DocumentNode<ItemCountQuery, ItemCountQueryVariables>;
export const LevelTicksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LevelTicks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"StockLevelFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockLevelChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"gap"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resyncRequired"}}]}}]}}]}}]} as unknown as DocumentNode<LevelTicksSubscription, LevelTicksSubscriptionVariables>;
export const ChannelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Channels"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationChannels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"isEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"perMinuteMax"}},{"kind":"Field","name":{"kind":"Name","value":"recipients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statistics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sentCount"}},{"kind":"Field","name":{"kind":"Name","value":"failedCount"}},{"kind":"Field","name":{"kind":"Name","value":"queuedCount"}},{"kind":"Field","name":{"kind":"Name","value":"latencyP50Seconds"}},{"kind":"Field","name":{"kind":"Name","value":"latencyP99Seconds"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"notificationRoutes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"severityMin"}},{"kind":"Field","name":{"kind":"Name","value":"digestMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ChannelsQuery, ChannelsQueryVariables>;
export const DeliveriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deliveries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeliveryFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationDeliveries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeliveryRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"noticeCount"}},{"kind":"Field","name":{"kind":"Name","value":"queuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencySeconds"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"channel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]} as unknown as DocumentNode<DeliveriesQuery, DeliveriesQueryVariables>;
export const ChannelTestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChannelTest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationChannelTestInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationChannelTest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationDelivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeliveryRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"recipient"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"noticeCount"}},{"kind":"Field","name":{"kind":"Name","value":"queuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"latencySeconds"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"channel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]} as unknown as DocumentNode<ChannelTestMutation, ChannelTestMutationVariables>;
export const OverviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemCount"}},{"kind":"Field","name":{"kind":"Name","value":"warehouseCount"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"lowStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"outOfStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"suspectStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"staleStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"unknownStockLevelCount"}},{"kind":"Field","name":{"kind":"Name","value":"openAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"criticalAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"firingAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"openInboundShipmentCount"}},{"kind":"Field","name":{"kind":"Name","value":"itemWithoutCostCount"}},{"kind":"Field","name":{"kind":"Name","value":"stockValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockValueUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"shopCount"}},{"kind":"Field","name":{"kind":"Name","value":"troubledShopCount"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}},{"kind":"Field","name":{"kind":"Name","value":"levelCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"inStockRate"}},{"kind":"Field","name":{"kind":"Name","value":"turnover"}},{"kind":"Field","name":{"kind":"Name","value":"plannedStockValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"excessValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"kpiUnavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"atRiskItemCount"}},{"kind":"Field","name":{"kind":"Name","value":"availableUnits"}},{"kind":"Field","name":{"kind":"Name","value":"trend"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"IntValue","value":"28"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"demandUnits"}},{"kind":"Field","name":{"kind":"Name","value":"openedAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAlertCount"}},{"kind":"Field","name":{"kind":"Name","value":"openAlertCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"dataAsOf"}},{"kind":"Field","name":{"kind":"Name","value":"computedAt"}}]}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;
export const AlertCountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AlertCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"criticalFiring"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"severity"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"CRITICAL"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"FIRING"}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"criticalTaken"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"severity"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"CRITICAL"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ACKNOWLEDGED"},{"kind":"EnumValue","value":"SNOOZED"}]}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"warningFiring"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"severity"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"WARNING"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"FIRING"}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"warningTaken"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"severity"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"WARNING"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ACKNOWLEDGED"},{"kind":"EnumValue","value":"SNOOZED"}]}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"infoFiring"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"severity"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"INFO"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"FIRING"}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"infoTaken"},"name":{"kind":"Name","value":"stockAlerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"severity"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"EnumValue","value":"INFO"}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"in"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ACKNOWLEDGED"},{"kind":"EnumValue","value":"SNOOZED"}]}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}}]} as unknown as DocumentNode<AlertCountsQuery, AlertCountsQueryVariables>;
export const SourcesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shops"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"streams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stream"}},{"kind":"Field","name":{"kind":"Name","value":"cycleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"passStartedAt"}},{"kind":"Field","name":{"kind":"Name","value":"passFinishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sweptAt"}},{"kind":"Field","name":{"kind":"Name","value":"watermarkAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SourcesQuery, SourcesQueryVariables>;
export const AlertRulesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AlertRules"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alertRules"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRuleRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRuleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlertRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setting"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]} as unknown as DocumentNode<AlertRulesQuery, AlertRulesQueryVariables>;
export const AlertRuleSaveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AlertRuleSave"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AlertRuleUpsertInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alertRuleUpsert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alertRule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRuleRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRuleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AlertRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"category"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setting"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]} as unknown as DocumentNode<AlertRuleSaveMutation, AlertRuleSaveMutationVariables>;
export const ItemOfSkuDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemOfSku"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sku"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sku"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sku"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]} as unknown as DocumentNode<ItemOfSkuQuery, ItemOfSkuQueryVariables>;
export const ThresholdSetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ThresholdSet"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StockPolicySetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockPolicySet"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ThresholdSetMutation, ThresholdSetMutationVariables>;
export const BootDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Boot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"businessTime"}},{"kind":"Field","name":{"kind":"Name","value":"clockSpeed"}},{"kind":"Field","name":{"kind":"Name","value":"isAnonymous"}},{"kind":"Field","name":{"kind":"Name","value":"keyName"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}},{"kind":"Field","name":{"kind":"Name","value":"warehouses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"latitude"}},{"kind":"Field","name":{"kind":"Name","value":"longitude"}}]}}]}}]}}]}}]} as unknown as DocumentNode<BootQuery, BootQueryVariables>;
export const CursorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Cursor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"businessTime"}},{"kind":"Field","name":{"kind":"Name","value":"clockSpeed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}}]}}]} as unknown as DocumentNode<CursorQuery, CursorQueryVariables>;
export const AlertChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AlertChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stockAlertChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"previousState"}},{"kind":"Field","name":{"kind":"Name","value":"gap"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resyncRequired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StockAlert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"threshold"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdOrigin"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"snoozedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedBy"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgedNote"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suppressedCount"}}]}}]} as unknown as DocumentNode<AlertChangesSubscription, AlertChangesSubscriptionVariables>;
export const SuggestionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Suggestions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SuggestionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SuggestionOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replenishmentSuggestions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SuggestionRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"suggestionGuard"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isHeld"}},{"kind":"Field","name":{"kind":"Name","value":"heldCount"}},{"kind":"Field","name":{"kind":"Name","value":"judgedCount"}},{"kind":"Field","name":{"kind":"Name","value":"heldSinceAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SuggestionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReplenishmentSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"decidedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"need"}},{"kind":"Field","name":{"kind":"Name","value":"isDue"}},{"kind":"Field","name":{"kind":"Name","value":"orderByOn"}},{"kind":"Field","name":{"kind":"Name","value":"overdueDays"}},{"kind":"Field","name":{"kind":"Name","value":"expectedArrivalOn"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"supplierName"}},{"kind":"Field","name":{"kind":"Name","value":"urgencyScore"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"holdCauses"}},{"kind":"Field","name":{"kind":"Name","value":"value"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"reorderPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"targetLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}}]}}]}}]} as unknown as DocumentNode<SuggestionsQuery, SuggestionsQueryVariables>;
export const SuggestionWhyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SuggestionWhy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReplenishmentSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"explanation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"binding"}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"op"}},{"kind":"Field","name":{"kind":"Name","value":"operands"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SuggestionWhyQuery, SuggestionWhyQueryVariables>;
export const SuggestionDecideDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SuggestionDecide"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SuggestionDecideInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replenishmentSuggestionDecide"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replenishmentSuggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SuggestionRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SuggestionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReplenishmentSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"decidedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"need"}},{"kind":"Field","name":{"kind":"Name","value":"isDue"}},{"kind":"Field","name":{"kind":"Name","value":"orderByOn"}},{"kind":"Field","name":{"kind":"Name","value":"overdueDays"}},{"kind":"Field","name":{"kind":"Name","value":"expectedArrivalOn"}},{"kind":"Field","name":{"kind":"Name","value":"openedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"supplierName"}},{"kind":"Field","name":{"kind":"Name","value":"urgencyScore"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"holdCauses"}},{"kind":"Field","name":{"kind":"Name","value":"value"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"incoming"}},{"kind":"Field","name":{"kind":"Name","value":"reorderPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"targetLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}}]}}]}}]} as unknown as DocumentNode<SuggestionDecideMutation, SuggestionDecideMutationVariables>;
export const SuggestionGuardReleaseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SuggestionGuardRelease"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SuggestionGuardReleaseInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suggestionGuardRelease"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"releasedCount"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SuggestionGuardReleaseMutation, SuggestionGuardReleaseMutationVariables>;
export const WhatIfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhatIf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"scenario"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ScenarioInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"StockLevelFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"portfolioPlan"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"scenario"},"value":{"kind":"Variable","name":{"kind":"Name","value":"scenario"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"base"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PortfolioRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scenario"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PortfolioRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refusedCount"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedLostUnitsChange"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"base"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LevelWhatIf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scenario"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LevelWhatIf"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PortfolioRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PortfolioFigures"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"levelCount"}},{"kind":"Field","name":{"kind":"Name","value":"atRiskCount"}},{"kind":"Field","name":{"kind":"Name","value":"likelyOutCount"}},{"kind":"Field","name":{"kind":"Name","value":"reorderDueCount"}},{"kind":"Field","name":{"kind":"Name","value":"expectedLostMargin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"safetyStockValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shortfallValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"excessValue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LevelWhatIf"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LevelPlan"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderByOn"}},{"kind":"Field","name":{"kind":"Name","value":"reorderPoint"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}}]}}]} as unknown as DocumentNode<WhatIfQuery, WhatIfQueryVariables>;
export const TransfersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Transfers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SuggestionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferSuggestions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferEndRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockOutProbability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"decidedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"arrivesOn"}},{"kind":"Field","name":{"kind":"Name","value":"expectedLostUnitsAvoided"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"donor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferEndRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receiver"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferEndRow"}}]}}]}}]} as unknown as DocumentNode<TransfersQuery, TransfersQueryVariables>;
export const TransferWhyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TransferWhy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"explanation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"binding"}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"op"}},{"kind":"Field","name":{"kind":"Name","value":"operands"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<TransferWhyQuery, TransferWhyQueryVariables>;
export const TransferDecideDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TransferDecide"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SuggestionDecideInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferSuggestionDecide"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferSuggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferEndRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferEnd"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stockOutProbability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransferRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransferSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"decidedQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"arrivesOn"}},{"kind":"Field","name":{"kind":"Name","value":"expectedLostUnitsAvoided"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"flags"}},{"kind":"Field","name":{"kind":"Name","value":"cost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gain"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"unit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"decimals"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"donor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferEndRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receiver"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransferEndRow"}}]}}]}}]} as unknown as DocumentNode<TransferDecideMutation, TransferDecideMutationVariables>;
export const WarehouseCountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WarehouseCounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"all"},"name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"warehouseId"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"low"},"name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"warehouseId"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"isLow"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"BooleanValue","value":true}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"out"},"name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"warehouseId"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"eq"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"available"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"lte"},"value":{"kind":"StringValue","value":"0","block":false}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}}]}}]}}]} as unknown as DocumentNode<WarehouseCountsQuery, WarehouseCountsQueryVariables>;
export const HeatRowsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"HeatRows"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ItemFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ItemOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"stockLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"safetyStock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"daysToStockOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"horizonDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"band"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<HeatRowsQuery, HeatRowsQueryVariables>;