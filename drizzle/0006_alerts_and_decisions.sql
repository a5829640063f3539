CREATE TABLE "policy_backtest" (
	"organization_id" uuid NOT NULL,
	"backtest_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"input" json NOT NULL,
	"state" text NOT NULL,
	"done_levels" integer NOT NULL,
	"total_levels" integer NOT NULL,
	"result" json,
	"resume_after" text,
	"error_code" text,
	"requested_by" text,
	"queued_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policy_backtest_organization_id_backtest_id_pk" PRIMARY KEY("organization_id","backtest_id")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_change" (
	"organization_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"state" text NOT NULL,
	"previous_state" text NOT NULL,
	"rule_id" uuid,
	"available" numeric,
	"days_to_stock_out" integer,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_change_organization_id_change_id_pk" PRIMARY KEY("organization_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_due" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_due_organization_id_item_id_pk" PRIMARY KEY("organization_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_progress" (
	"organization_id" uuid NOT NULL,
	"event_number" bigint NOT NULL,
	"told_number" bigint NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_progress_organization_id_pk" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_rule" (
	"organization_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_enabled" boolean NOT NULL,
	"state" text NOT NULL,
	"metric" text NOT NULL,
	"enter_at" numeric,
	"leave_at" numeric,
	"alert_kinds" text[],
	"severity_min" text,
	"incoming" text NOT NULL,
	"item_id" uuid,
	"category" text,
	"hold_minutes" integer NOT NULL,
	"listed" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_rule_organization_id_rule_id_pk" PRIMARY KEY("organization_id","rule_id"),
	CONSTRAINT "sales_policy_rule_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_setting" (
	"organization_id" uuid NOT NULL,
	"channel_ids" uuid[] NOT NULL,
	"write_mode" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_setting_organization_id_pk" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_state" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"state" text NOT NULL,
	"rule_id" uuid,
	"active" json NOT NULL,
	"since_at" timestamp with time zone NOT NULL,
	"recheck_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_state_organization_id_item_id_pk" PRIMARY KEY("organization_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "sales_policy_write" (
	"organization_id" uuid NOT NULL,
	"write_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"product_id" text NOT NULL,
	"spec_id" text NOT NULL,
	"is_dry_run" boolean NOT NULL,
	"state" text NOT NULL,
	"listed" text NOT NULL,
	"wanted" numeric,
	"read_before" numeric,
	"sent_change" numeric,
	"read_after" numeric,
	"attempts" integer NOT NULL,
	"error_code" text,
	"message" text,
	"planned_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_policy_write_organization_id_write_id_pk" PRIMARY KEY("organization_id","write_id"),
	CONSTRAINT "sales_policy_write_once" UNIQUE("organization_id","change_id","shop_id","product_id","spec_id")
);
--> statement-breakpoint
ALTER TABLE "event_log" ADD COLUMN "sales_policy_change_id" uuid;--> statement-breakpoint
ALTER TABLE "policy_backtest" ADD CONSTRAINT "policy_backtest_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_change" ADD CONSTRAINT "sales_policy_change_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_due" ADD CONSTRAINT "sales_policy_due_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_progress" ADD CONSTRAINT "sales_policy_progress_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_rule" ADD CONSTRAINT "sales_policy_rule_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_setting" ADD CONSTRAINT "sales_policy_setting_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_state" ADD CONSTRAINT "sales_policy_state_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_write" ADD CONSTRAINT "sales_policy_write_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_policy_write" ADD CONSTRAINT "sales_policy_write_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "policy_backtest_open" ON "policy_backtest" USING btree ("organization_id","queued_at") WHERE state in ('QUEUED', 'RUNNING');--> statement-breakpoint
CREATE INDEX "policy_backtest_recent" ON "policy_backtest" USING btree ("organization_id","queued_at" DESC NULLS FIRST,"backtest_id");--> statement-breakpoint
CREATE INDEX "sales_policy_change_item" ON "sales_policy_change" USING btree ("organization_id","item_id","occurred_at");--> statement-breakpoint
CREATE INDEX "sales_policy_change_old" ON "sales_policy_change" USING btree ("organization_id","recorded_at");--> statement-breakpoint
CREATE INDEX "sales_policy_state_recheck" ON "sales_policy_state" USING btree ("organization_id","recheck_at") WHERE recheck_at is not null;--> statement-breakpoint
CREATE INDEX "sales_policy_write_open" ON "sales_policy_write" USING btree ("organization_id","next_attempt_at") WHERE state in ('PLANNED', 'SENDING', 'UNCERTAIN');--> statement-breakpoint
CREATE INDEX "sales_policy_write_recent" ON "sales_policy_write" USING btree ("organization_id","planned_at" DESC NULLS FIRST,"write_id");
--> statement-breakpoint
-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array[
    'sales_policy_rule', 'sales_policy_state', 'sales_policy_change', 'sales_policy_due', 'sales_policy_progress',
    'sales_policy_setting', 'sales_policy_write', 'policy_backtest'
  ] loop
    execute format('alter table %I enable row level security', business);
    execute format('alter table %I force row level security', business);
    execute format(
      'create policy organization_only on %I using (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid) with check (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid)',
      business
    );
    execute format('grant select on %I to shuiwei_app, shuiwei_worker', business);
  end loop;
end
$$;
--> statement-breakpoint
-- The API: rules, settings, the wish to have items judged anew, and backtests to be run.
grant insert, update on sales_policy_rule, sales_policy_setting, sales_policy_due to shuiwei_app;
--> statement-breakpoint
grant insert on policy_backtest to shuiwei_app;
--> statement-breakpoint
-- Workers: the rules every organization begins with, states, changes, write-backs, backtests and their removal.
grant insert on sales_policy_rule to shuiwei_worker;
--> statement-breakpoint
grant insert, update, delete on
  sales_policy_state, sales_policy_change, sales_policy_due, sales_policy_progress, sales_policy_write, policy_backtest
to shuiwei_worker;
--> statement-breakpoint
CREATE TABLE "guard_reading" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"accepted_on" date NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"accepted_target" numeric NOT NULL,
	"accepted_available" numeric NOT NULL,
	"accepted_demand" numeric NOT NULL,
	"held" json,
	"held_causes" text[],
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "guard_reading_organization_id_item_id_warehouse_id_pk" PRIMARY KEY("organization_id","item_id","warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "replenishment_suggestion" (
	"organization_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"supplier_name" text,
	"state" text NOT NULL,
	"quantity" numeric NOT NULL,
	"need" numeric NOT NULL,
	"is_due" boolean NOT NULL,
	"order_by_on" date,
	"overdue_days" integer NOT NULL,
	"arrives_on" date,
	"flags" text[] NOT NULL,
	"hold_causes" text[] NOT NULL,
	"accepted_quantity" numeric,
	"value" numeric,
	"explanation" json NOT NULL,
	"changes" json NOT NULL,
	"planned_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"previous" json,
	"inputs" json NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"decided_quantity" numeric,
	"silent_until_on" date,
	"inbound_shipment_id" uuid,
	"recorded_shipment_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "replenishment_suggestion_organization_id_suggestion_id_pk" PRIMARY KEY("organization_id","suggestion_id")
);
--> statement-breakpoint
CREATE TABLE "replenishment_version" (
	"organization_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"quantity" numeric NOT NULL,
	"need" numeric NOT NULL,
	"is_due" boolean NOT NULL,
	"order_by_on" date,
	"overdue_days" integer NOT NULL,
	"arrives_on" date,
	"flags" text[] NOT NULL,
	"hold_causes" text[] NOT NULL,
	"accepted_quantity" numeric,
	"value" numeric,
	"explanation" json NOT NULL,
	"changes" json NOT NULL,
	"planned_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_quantity" numeric,
	CONSTRAINT "replenishment_version_organization_id_suggestion_id_recorded_at_pk" PRIMARY KEY("organization_id","suggestion_id","recorded_at")
);
--> statement-breakpoint
CREATE TABLE "suggestion_due" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "suggestion_due_organization_id_item_id_pk" PRIMARY KEY("organization_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "suggestion_progress" (
	"organization_id" uuid NOT NULL,
	"is_held" boolean NOT NULL,
	"held_count" integer NOT NULL,
	"judged_count" integer NOT NULL,
	"held_since_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	"released_by" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "suggestion_progress_organization_id_pk" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
ALTER TABLE "alert_rule" ALTER COLUMN "is_enabled" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "item_id" uuid;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "warehouse_id" uuid;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "severity" text;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "threshold_share" numeric;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "recovery_share" numeric;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "recovery_units" numeric;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "probability" numeric;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "age_minutes_max" integer;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "count_min" integer;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "fire_after_minutes" integer;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "resolve_after_minutes" integer;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "reopen_within_minutes" integer;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD COLUMN "escalate_after_minutes" integer;--> statement-breakpoint
ALTER TABLE "event_log" ADD COLUMN "urgency" numeric;--> statement-breakpoint
ALTER TABLE "event_log" ADD COLUMN "facts" json;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "acknowledged_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "pending_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "clear_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "fired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "reopen_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD COLUMN "facts" json;--> statement-breakpoint
ALTER TABLE "stock_policy" ADD COLUMN "min_order_value" numeric;--> statement-breakpoint
ALTER TABLE "stock_policy" ADD COLUMN "cover_days_max" numeric;--> statement-breakpoint
ALTER TABLE "guard_reading" ADD CONSTRAINT "guard_reading_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replenishment_suggestion" ADD CONSTRAINT "replenishment_suggestion_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replenishment_suggestion" ADD CONSTRAINT "replenishment_suggestion_organization_id_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replenishment_version" ADD CONSTRAINT "replenishment_version_organization_id_suggestion_id_replenishment_suggestion_organization_id_suggestion_id_fk" FOREIGN KEY ("organization_id","suggestion_id") REFERENCES "public"."replenishment_suggestion"("organization_id","suggestion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion_due" ADD CONSTRAINT "suggestion_due_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion_progress" ADD CONSTRAINT "suggestion_progress_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "guard_reading_held" ON "guard_reading" USING btree ("organization_id") WHERE held is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "replenishment_suggestion_open" ON "replenishment_suggestion" USING btree ("organization_id","item_id","warehouse_id") WHERE state in ('OPEN', 'HELD');--> statement-breakpoint
CREATE INDEX "replenishment_suggestion_level" ON "replenishment_suggestion" USING btree ("organization_id","item_id","warehouse_id","computed_at");--> statement-breakpoint
CREATE INDEX "replenishment_suggestion_order_by" ON "replenishment_suggestion" USING btree ("organization_id","order_by_on","suggestion_id") WHERE state in ('OPEN', 'HELD');--> statement-breakpoint
CREATE INDEX "replenishment_suggestion_supplier" ON "replenishment_suggestion" USING btree ("organization_id","supplier_name","state");--> statement-breakpoint
CREATE INDEX "replenishment_suggestion_approved" ON "replenishment_suggestion" USING btree ("organization_id","item_id","warehouse_id") WHERE state = 'APPROVED';--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_organization_id_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_rule_item" ON "alert_rule" USING btree ("organization_id","item_id");--> statement-breakpoint
CREATE INDEX "stock_alert_due" ON "stock_alert" USING btree ("organization_id","due_at") WHERE due_at is not null;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_scope" UNIQUE NULLS NOT DISTINCT("organization_id","kind","item_id","warehouse_id","category");
--> statement-breakpoint
-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array[
    'suggestion_due', 'replenishment_suggestion', 'replenishment_version', 'guard_reading', 'suggestion_progress'
  ] loop
    execute format('alter table %I enable row level security', business);
    execute format('alter table %I force row level security', business);
    execute format(
      'create policy organization_only on %I using (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid) with check (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid)',
      business
    );
    execute format('grant select on %I to shuiwei_app, shuiwei_worker', business);
  end loop;
end
$$;
--> statement-breakpoint
-- The API: decisions, the release of what was held, and the wish to have suggestions decided anew.
grant insert, update on suggestion_due to shuiwei_app;
--> statement-breakpoint
grant update on replenishment_suggestion, guard_reading, suggestion_progress to shuiwei_app;
--> statement-breakpoint
grant insert on replenishment_version to shuiwei_app;
--> statement-breakpoint
-- Workers: everything that is computed, and the removal of what is old.
grant insert, update, delete on suggestion_due, guard_reading, suggestion_progress, replenishment_suggestion to shuiwei_worker;
--> statement-breakpoint
grant insert, delete on replenishment_version to shuiwei_worker;
--> statement-breakpoint
CREATE TABLE "economic_service_level" (
	"organization_id" uuid NOT NULL,
	"abc_class" text NOT NULL,
	"xyz_class" text NOT NULL,
	"service_level" double precision,
	"case_count" integer NOT NULL,
	"outcomes" json NOT NULL,
	"evaluated_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "economic_service_level_organization_id_abc_class_xyz_class_pk" PRIMARY KEY("organization_id","abc_class","xyz_class")
);
--> statement-breakpoint
DROP INDEX "item_plan_excess";--> statement-breakpoint
DROP INDEX "level_plan_excess";--> statement-breakpoint
DROP INDEX "level_plan_risk";--> statement-breakpoint
DROP INDEX "level_plan_urgency";--> statement-breakpoint
ALTER TABLE "stock_policy" ADD COLUMN "service_level_basis" text;--> statement-breakpoint
ALTER TABLE "stock_policy" ADD COLUMN "class_service_levels" json;--> statement-breakpoint
ALTER TABLE "stock_policy" ADD COLUMN "safety_stock_method" text;--> statement-breakpoint
ALTER TABLE "stock_policy" ADD COLUMN "stock_out_alert_probability" numeric;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "sell_through_90" numeric;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "stock_out_days_90" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "days_of_stock" numeric;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "shortage_lines_90" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "shortage_units_90" numeric DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "shortage_value_90" numeric DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "shortage_lines_90" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "shortage_units_90" numeric DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "shortage_value_90" numeric DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "previous_inputs" json;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "previous_forecast" json;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "previous_computed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "plan_progress" ADD COLUMN "economic_on" date;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD COLUMN "sell_through_90" numeric;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD COLUMN "stock_out_days_90" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD COLUMN "days_of_stock" numeric;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD COLUMN "shortage_lines_90" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD COLUMN "shortage_units_90" numeric DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD COLUMN "shortage_value_90" numeric DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "economic_service_level" ADD CONSTRAINT "economic_service_level_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "item_plan_excess" ON "item_plan" USING btree ("organization_id","excess_value","item_id");--> statement-breakpoint
CREATE INDEX "level_plan_excess" ON "level_plan" USING btree ("organization_id","excess_value","item_id");--> statement-breakpoint
CREATE INDEX "level_plan_risk" ON "level_plan" USING btree ("organization_id","stock_out_probability","item_id");--> statement-breakpoint
CREATE INDEX "level_plan_urgency" ON "level_plan" USING btree ("organization_id","urgency_score","item_id");
--> statement-breakpoint
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
--> statement-breakpoint
ALTER TABLE "notification_channel" ADD COLUMN "per_second_max" integer;--> statement-breakpoint
ALTER TABLE "notification_channel" ADD COLUMN "per_day_max" integer;--> statement-breakpoint
ALTER TABLE "notification_delivery" ADD COLUMN "attempt_log" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
-- The API: an operator sends a message again that was given up. What it says and to whom stays as it is.
grant update (state, attempts, next_attempt_at, finished_at, error_code, attempt_log) on notification_delivery
to shuiwei_app;
--> statement-breakpoint
CREATE INDEX "sales_order_closed" ON "sales_order" USING btree ("organization_id","shop_id","ordered_at") WHERE close_reason is not null;
--> statement-breakpoint
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
--> statement-breakpoint
DROP INDEX "item_plan_health";--> statement-breakpoint
DROP INDEX "item_plan_excess";--> statement-breakpoint
DROP INDEX "level_plan_stock_out";--> statement-breakpoint
DROP INDEX "level_plan_health";--> statement-breakpoint
DROP INDEX "level_plan_excess";--> statement-breakpoint
DROP INDEX "level_plan_risk";--> statement-breakpoint
DROP INDEX "level_plan_urgency";--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "health_order" double precision GENERATED ALWAYS AS (health_score::double precision) STORED;--> statement-breakpoint
ALTER TABLE "item_plan" ADD COLUMN "excess_order" double precision GENERATED ALWAYS AS (excess_value::double precision) STORED;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "health_order" double precision GENERATED ALWAYS AS (health_score::double precision) STORED;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "excess_order" double precision GENERATED ALWAYS AS (excess_value::double precision) STORED;--> statement-breakpoint
ALTER TABLE "level_plan" ADD COLUMN "urgency_order" double precision GENERATED ALWAYS AS (urgency_score::double precision) STORED;--> statement-breakpoint
CREATE INDEX "item_plan_health" ON "item_plan" USING btree ("organization_id","health_order","item_id");--> statement-breakpoint
CREATE INDEX "item_plan_excess" ON "item_plan" USING btree ("organization_id","excess_order","item_id");--> statement-breakpoint
CREATE INDEX "level_plan_stock_out" ON "level_plan" USING btree ("organization_id","days_to_stock_out_p50","item_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "level_plan_health" ON "level_plan" USING btree ("organization_id","health_order","item_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "level_plan_excess" ON "level_plan" USING btree ("organization_id","excess_order","item_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "level_plan_risk" ON "level_plan" USING btree ("organization_id","stock_out_probability","item_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "level_plan_urgency" ON "level_plan" USING btree ("organization_id","urgency_order","item_id","warehouse_id");--> statement-breakpoint
ALTER TABLE "stock_policy" DROP COLUMN "stock_out_alert_probability";
--> statement-breakpoint
CREATE TABLE "transfer_lane" (
	"organization_id" uuid NOT NULL,
	"from_warehouse_id" uuid NOT NULL,
	"to_warehouse_id" uuid NOT NULL,
	"unit_cost" numeric NOT NULL,
	"fixed_cost" numeric NOT NULL,
	"units_min" numeric NOT NULL,
	"pack_units" numeric NOT NULL,
	"transfer_days" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfer_lane_organization_id_from_warehouse_id_to_warehouse_id_pk" PRIMARY KEY("organization_id","from_warehouse_id","to_warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "transfer_suggestion" (
	"organization_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"from_warehouse_id" uuid NOT NULL,
	"to_warehouse_id" uuid NOT NULL,
	"state" text NOT NULL,
	"quantity" numeric NOT NULL,
	"arrives_on" date NOT NULL,
	"donor_risk_before" double precision NOT NULL,
	"donor_risk_after" double precision NOT NULL,
	"receiver_risk_before" double precision NOT NULL,
	"receiver_risk_after" double precision NOT NULL,
	"lost_units_avoided" numeric NOT NULL,
	"cost" numeric NOT NULL,
	"gain" numeric NOT NULL,
	"flags" text[] NOT NULL,
	"explanation" json NOT NULL,
	"planned_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_quantity" numeric,
	"opened_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"silent_until_on" date,
	"inbound_shipment_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfer_suggestion_organization_id_suggestion_id_pk" PRIMARY KEY("organization_id","suggestion_id")
);
--> statement-breakpoint
CREATE TABLE "transfer_version" (
	"organization_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"quantity" numeric NOT NULL,
	"arrives_on" date NOT NULL,
	"donor_risk_before" double precision NOT NULL,
	"donor_risk_after" double precision NOT NULL,
	"receiver_risk_before" double precision NOT NULL,
	"receiver_risk_after" double precision NOT NULL,
	"lost_units_avoided" numeric NOT NULL,
	"cost" numeric NOT NULL,
	"gain" numeric NOT NULL,
	"flags" text[] NOT NULL,
	"explanation" json NOT NULL,
	"planned_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_quantity" numeric,
	CONSTRAINT "transfer_version_organization_id_suggestion_id_recorded_at_pk" PRIMARY KEY("organization_id","suggestion_id","recorded_at")
);
--> statement-breakpoint
ALTER TABLE "transfer_lane" ADD CONSTRAINT "transfer_lane_organization_id_from_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","from_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_lane" ADD CONSTRAINT "transfer_lane_organization_id_to_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","to_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_suggestion" ADD CONSTRAINT "transfer_suggestion_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_suggestion" ADD CONSTRAINT "transfer_suggestion_organization_id_from_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","from_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_suggestion" ADD CONSTRAINT "transfer_suggestion_organization_id_to_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","to_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_version" ADD CONSTRAINT "transfer_version_organization_id_suggestion_id_transfer_suggestion_organization_id_suggestion_id_fk" FOREIGN KEY ("organization_id","suggestion_id") REFERENCES "public"."transfer_suggestion"("organization_id","suggestion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_suggestion_open" ON "transfer_suggestion" USING btree ("organization_id","item_id","from_warehouse_id","to_warehouse_id") WHERE state = 'OPEN';--> statement-breakpoint
CREATE INDEX "transfer_suggestion_item" ON "transfer_suggestion" USING btree ("organization_id","item_id","state");
--> statement-breakpoint
-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array['transfer_lane', 'transfer_suggestion', 'transfer_version'] loop
    execute format('alter table %I enable row level security', business);
    execute format('alter table %I force row level security', business);
    execute format(
      'create policy organization_only on %I using (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid) with check (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid)',
      business
    );
    execute format('grant select on %I to shuiwei_app, shuiwei_worker', business);
  end loop;
end
$$;
--> statement-breakpoint
-- The API: lanes, and decisions.
grant insert, update, delete on transfer_lane to shuiwei_app;
--> statement-breakpoint
grant update on transfer_suggestion to shuiwei_app;
--> statement-breakpoint
grant insert on transfer_version to shuiwei_app;
--> statement-breakpoint
-- Workers: everything that is computed, the removal of what is old, and the lanes that a demo begins with.
grant insert, update, delete on transfer_suggestion to shuiwei_worker;
--> statement-breakpoint
grant insert, delete on transfer_version to shuiwei_worker;
--> statement-breakpoint
grant insert on transfer_lane to shuiwei_worker;
