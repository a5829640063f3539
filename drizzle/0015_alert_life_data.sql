-- Organizations that are older than some kinds of alerts lack their rules, and alerts that are older than their timers
-- lack those. The owner is bound by row-level security too; it is lifted inside this transaction only, unseen by
-- others.
alter table organization no force row level security;
--> statement-breakpoint
alter table alert_rule no force row level security;
--> statement-breakpoint
alter table stock_alert no force row level security;
--> statement-breakpoint
insert into alert_rule (organization_id, rule_id, kind, name, recorded_at)
select o.organization_id, gen_random_uuid(), given.kind, given.name, o.recorded_at
from organization o
cross join (values ('LOW_STOCK', 'Low stock'), ('OUT_OF_STOCK', 'Out of stock'), ('APPROACHING', 'Approaching'),
                   ('OVERSTOCK', 'Overstock'), ('LISTING_MISMATCH', 'Listing mismatch'),
                   ('SYNC_FAILED', 'Sync failed'), ('SOURCE_STALE', 'Source stale'),
                   ('SOURCE_SUSPECT', 'Source suspect')) as given(kind, name)
where not exists (
  select from alert_rule r where r.organization_id = o.organization_id and r.kind = given.kind
);
--> statement-breakpoint
update stock_alert set fired_at = opened_at where fired_at is null;
--> statement-breakpoint
update stock_alert set due_at = snoozed_until where state = 'SNOOZED';
--> statement-breakpoint
alter table stock_alert force row level security;
--> statement-breakpoint
alter table alert_rule force row level security;
--> statement-breakpoint
alter table organization force row level security;
