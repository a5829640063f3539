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