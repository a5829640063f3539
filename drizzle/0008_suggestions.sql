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