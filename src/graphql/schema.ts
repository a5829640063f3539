import './scalars.ts';
import './viewer.ts';
import './item.ts';
import './warehouse.ts';
import './stock-level.ts';
import './stock-alert.ts';
import './stock-alert-event.ts';
import './snapshot.ts';
import './listing.ts';
import './shop.ts';
import './sync-run.ts';
import './sales-order.ts';
import './inbound-shipment.ts';
import './quarantine.ts';
import './warehouse-upsert.ts';
import './alert-action.ts';
import './shop-sync.ts';
import './subscription.ts';
import { builder } from './builder.ts';

/** The whole API. */
export const schema = builder.toSchema();
