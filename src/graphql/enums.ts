import { builder } from './builder.ts';

const mayGrow = 'New values may be added: a client must bear unknown ones.';

/** Physical or a channel's view. */
export const WarehouseKind = builder.enumType('WarehouseKind', {
  description: `What kind of location a warehouse is. ${mayGrow}`,
  values: {
    PHYSICAL: { description: 'A place where goods lie.' },
    MARKETPLACE_POOL: {
      description:
        'The quantity that one shop offers for sale: a channel’s view of the same goods, never added to physical stock.',
    },
  } as const,
});

/** How far a quantity can be trusted. */
export const DataState = builder.enumType('DataState', {
  description: `How far a quantity can be trusted. ${mayGrow}`,
  values: {
    FRESH: {
      description: 'Confirmed by its source within the last 30 hours, that is within its daily sweep.',
    },
    STALE: {
      description:
        'Not confirmed for more than 30 hours. Value and alerts stay as they are: age alone neither fires nor resolves.',
    },
    SUSPECT: {
      description:
        'The last reading was implausible and is held back; the quantities are the last good ones. Neither fires nor resolves.',
    },
    UNKNOWN: { description: 'Not confirmed for more than 7 days.' },
  } as const,
});

/** By which way a reading came in. */
export const StockSource = builder.enumType('StockSource', {
  description: `By which way a quantity came in. ${mayGrow}`,
  values: {
    POLL: { description: 'Read from a marketplace by the poller.' },
    PUSH: { description: 'Read again after a marketplace’s message.' },
    FEED: { description: 'Read from a warehouse system’s feed.' },
    IMPORT: { description: 'Brought by `stockLevelsImport`.' },
    MUTATION: { description: 'Set by another mutation.' },
    SQL: { description: 'Changed directly in the database and found by the reconciliation.' },
  } as const,
});

/** Where an effective value comes from. */
export const PolicyValueOrigin = builder.enumType('PolicyValueOrigin', {
  description: `Where an effective value comes from. ${mayGrow}`,
  values: {
    OVERRIDE: { description: 'Set by somebody for this item, warehouse, category or the organization.' },
    COMPUTED: { description: 'Computed from demand: needs at least 28 days of it.' },
    DEFAULT: { description: 'The built-in value, because there is not enough demand to compute one.' },
  } as const,
});

/** Why a value that could exist does not. */
export const UnavailableReason = builder.enumType('UnavailableReason', {
  description: `Why a value is null. ${mayGrow}`,
  values: {
    NOT_REPORTED: { description: 'The source does not report it.' },
    NOT_YET_COMPUTED: { description: 'It will be computed; nothing has been so far.' },
    NOT_APPLICABLE: {
      description: 'It has no meaning here, such as a threshold of a pool that is not watched.',
    },
    NO_PHYSICAL_STOCK: { description: 'The item has no physical warehouse to compare with.' },
    NOT_LISTED: { description: 'No channel offers the item.' },
    NOT_KNOWN: { description: 'Nobody has given it.' },
    NO_HISTORY: { description: 'Too little is on record to say anything; not the same as 0.' },
    NO_DEMAND: { description: 'Nothing was sold or asked for, so it would last for ever.' },
    NO_STOCK: { description: 'There was no stock to speak of.' },
    NO_COST: { description: 'Neither cost nor price is known.' },
    BEYOND_HORIZON: { description: 'Later than the days looked ahead.' },
    NOTHING_INCOMING: { description: 'Nothing is on its way.' },
  } as const,
});

/** What an alert is about. */
export const StockAlertKind = builder.enumType('StockAlertKind', {
  description: `What an alert is about. ${mayGrow}`,
  values: {
    LOW_STOCK: {
      description:
        'available ≤ safety stock. Ends above safety stock × 1.1 and at least one unit above it (settable), as do the kinds below where nothing else is said.',
    },
    REORDER_DUE: { description: 'Position within the protection period ≤ reorder point.' },
    OUT_OF_STOCK: {
      description:
        'available ≤ 0. Speaks for LOW_STOCK, STOCK_OUT_PREDICTED, REORDER_DUE and APPROACHING, as each of these does for those after it.',
    },
    APPROACHING: { description: 'available ≤ safety stock × 1.2 (settable), and nothing worse.' },
    OVERSTOCK: {
      description:
        'available > target level × 1.25 (settable) and more than 0.25 (the same setting) of it beyond need, for a day. Ends at 0.9 × that line or with half that share beyond need.',
    },
    STOCK_OUT_PREDICTED: {
      description:
        'Probability of running out within the protection period ≥ 0.5 (settable); ends below 0.8 × that.',
    },
    LISTING_MISMATCH: {
      description:
        'A channel’s pool differs from the physical stock by more than 10 % of it (settable) and more than a unit, for an hour.',
    },
    SOURCE_STALE: {
      description: 'A source was not read for more than 6 hours (settable): one alert for the source.',
    },
    SOURCE_SUSPECT: {
      description:
        'Readings of a source are held back as implausible, for 5 minutes; CRITICAL from 20 on, or from half of its levels: then its other readings are not acted on either.',
    },
    SYNC_FAILED: {
      description:
        'Three readings in a row failed (settable), or there is no connection; CRITICAL once the data is stale. Speaks for SOURCE_STALE, and the other way round.',
    },
  } as const,
});

/** Where an alert stands in its life. */
export const StockAlertState = builder.enumType('StockAlertState', {
  description: `Where an alert stands in its life. All but RESOLVED are open. ${mayGrow}`,
  values: {
    PENDING: { description: 'The condition holds, but not long enough yet.' },
    FIRING: { description: 'The condition holds and nobody has taken it up.' },
    ACKNOWLEDGED: { description: 'Somebody has taken it up; the condition still holds.' },
    SNOOZED: { description: 'Silent until `snoozedUntil`; the condition still holds.' },
    RESOLVED: {
      description: 'The condition no longer holds. Soon after, it is opened again; later a new alert opens.',
    },
  } as const,
});

/** How bad an alert is. */
export const AlertSeverity = builder.enumType('AlertSeverity', {
  description: `How bad it is. ${mayGrow}`,
  values: {
    INFO: { description: 'Worth knowing.' },
    WARNING: { description: 'Act in time.' },
    CRITICAL: { description: 'Act now.' },
  } as const,
});

/** Why an alert changed. */
export const AlertEventReason = builder.enumType('AlertEventReason', {
  description: `Why an alert changed. ${mayGrow}`,
  values: {
    PENDING: { description: 'The condition began to hold, but not long enough yet.' },
    OPENED: { description: 'It began to fire.' },
    REOPENED: {
      description:
        'Within the rule’s window the condition came back, or the alert that had taken its place ended: the same alert fires again.',
    },
    ESCALATED: { description: 'It became worse.' },
    DEESCALATED: { description: 'It became better, but still holds.' },
    ACKNOWLEDGED: { description: 'Somebody took it up.' },
    ACKNOWLEDGEMENT_EXPIRED: { description: 'Whoever took it up did so for a time, which is over.' },
    SNOOZED: { description: 'Somebody silenced it for a time.' },
    UNSNOOZED: { description: 'The silence ended, by somebody or by time.' },
    SUPERSEDED: {
      description:
        'It ended because an alert of the same level that says more took its place: nothing got better. Nobody is told of this.',
    },
    RESOLVED: { description: 'It is clear for long enough, or there is nothing to watch any more.' },
    THRESHOLD_CHANGED: { description: 'The threshold moved while the alert was open.' },
  } as const,
});

/** Language of a text. */
export const Locale = builder.enumType('Locale', {
  description: 'Language of a text.',
  values: {
    ZH_CN: { value: 'zh-CN', description: '简体中文.' },
    EN: { value: 'en', description: 'English.' },
  } as const,
});

/** What a key may do. */
export const AccessScope = builder.enumType('AccessScope', {
  description: `What a key may do. ${mayGrow}`,
  values: {
    READ_STOCK: {
      value: 'read:stock',
      description:
        'Items, warehouses, levels, snapshots, listings, shipments; forecasts, plans, suggestions, sales policies, backtests.',
    },
    WRITE_STOCK: {
      value: 'write:stock',
      description:
        'Imports, links, warehouses, shipments; stock and sales policies, promotions, lanes; decisions about suggestions, backtests.',
    },
    READ_ALERTS: { value: 'read:alerts', description: 'Alerts with their events and rules, the inbox.' },
    WRITE_ALERTS: { value: 'write:alerts', description: 'Acknowledge and snooze; set rules.' },
    READ_ORDERS: { value: 'read:orders', description: 'Customers’ orders.' },
    READ_SHOPS: { value: 'read:shops', description: 'Shops, sync runs, quarantined rows.' },
    WRITE_SHOPS: { value: 'write:shops', description: 'Ask for a sync now.' },
    READ_NOTIFICATIONS: {
      value: 'read:notifications',
      description: 'Channels with the people they reach, routes, the delivery log.',
    },
    WRITE_NOTIFICATIONS: {
      value: 'write:notifications',
      description: 'Keep channels and routes, that is hand over secrets; send a test.',
    },
    READ_METRICS: {
      value: 'read:metrics',
      description: 'Figures of the whole process at /metrics, of all organizations together.',
    },
    ADMIN_SHOPS: { value: 'admin:shops', description: 'Connect shops, that is hand over tokens.' },
  } as const,
});
