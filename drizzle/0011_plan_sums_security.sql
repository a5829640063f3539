-- Row-level security, as on every business table.
alter table plan_sum_due enable row level security;
--> statement-breakpoint
alter table plan_sum_due force row level security;
--> statement-breakpoint
create policy organization_only on plan_sum_due
  using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
--> statement-breakpoint
grant select on plan_sum_due to shuiwei_app, shuiwei_worker;
--> statement-breakpoint
-- Workers: what is due for summing up.
grant insert, update, delete on plan_sum_due to shuiwei_worker;
