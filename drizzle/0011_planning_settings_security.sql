-- Row-level security, as on every business table.
alter table economic_service_level enable row level security;
--> statement-breakpoint
alter table economic_service_level force row level security;
--> statement-breakpoint
create policy organization_only on economic_service_level
using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
--> statement-breakpoint
grant select on economic_service_level to shuiwei_app, shuiwei_worker;
--> statement-breakpoint
grant insert, update, delete on economic_service_level to shuiwei_worker;
--> statement-breakpoint
-- Organizations that are older than planning lack the rules that rest on it. The owner is bound by row-level security
-- too; it is lifted inside this transaction only, unseen by others.
alter table organization no force row level security;
--> statement-breakpoint
alter table alert_rule no force row level security;
--> statement-breakpoint
insert into alert_rule (organization_id, rule_id, kind, name, recorded_at)
select o.organization_id, gen_random_uuid(), given.kind, given.name, o.recorded_at
from organization o
cross join (values ('REORDER_DUE', 'Reorder due'), ('STOCK_OUT_PREDICTED', 'Stock-out predicted')) as given(kind, name)
where not exists (
  select from alert_rule r where r.organization_id = o.organization_id and r.kind = given.kind
);
--> statement-breakpoint
alter table alert_rule force row level security;
--> statement-breakpoint
alter table organization force row level security;
