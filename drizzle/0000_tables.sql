CREATE TABLE "api_key" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_sha256" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_key_prefix_unique" UNIQUE("prefix")
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"organization_id" uuid NOT NULL,
	"key" text NOT NULL,
	"mutation" text NOT NULL,
	"input_sha256" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_key_organization_id_key_pk" PRIMARY KEY("organization_id","key")
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_rule" (
	"organization_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_rule_organization_id_rule_id_pk" PRIMARY KEY("organization_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "event_head" (
	"organization_id" uuid NOT NULL,
	"epoch" uuid NOT NULL,
	"last" bigint DEFAULT 0 NOT NULL,
	"oldest" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "event_head_organization_id_pk" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
CREATE TABLE "event_log" (
	"organization_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"topic" text NOT NULL,
	"item_id" uuid,
	"warehouse_id" uuid,
	"snapshot_observed_at" timestamp with time zone,
	"alert_id" uuid,
	"alert_kind" text,
	"reason" text,
	"state" text,
	"previous_state" text,
	"severity" text,
	"threshold" numeric,
	"threshold_origin" text,
	"shop_id" uuid,
	"sync_run_id" uuid,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_log_organization_id_number_pk" PRIMARY KEY("organization_id","number")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"organization_id" uuid NOT NULL,
	"event_number" bigint NOT NULL,
	"purpose" text NOT NULL,
	"alert_id" uuid NOT NULL,
	"handled_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outbox_organization_id_event_number_purpose_pk" PRIMARY KEY("organization_id","event_number","purpose")
);
--> statement-breakpoint
CREATE TABLE "stock_alert" (
	"organization_id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"item_id" uuid,
	"warehouse_id" uuid,
	"shop_id" uuid,
	"state" text NOT NULL,
	"severity" text NOT NULL,
	"urgency" numeric DEFAULT '0' NOT NULL,
	"available" numeric,
	"threshold" numeric,
	"threshold_origin" text,
	"opened_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"acknowledged_by" text,
	"acknowledged_note" text,
	"snoozed_until" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_alert_organization_id_alert_id_pk" PRIMARY KEY("organization_id","alert_id")
);
--> statement-breakpoint
CREATE TABLE "item" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"title" text NOT NULL,
	"unit_code" text DEFAULT '件' NOT NULL,
	"unit_decimals" integer DEFAULT 0 NOT NULL,
	"image_url" text,
	"category" text,
	"supplier_name" text,
	"unit_cost" numeric,
	"unit_price" numeric,
	"currency_code" text DEFAULT 'CNY' NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "item_organization_id_item_id_pk" PRIMARY KEY("organization_id","item_id"),
	CONSTRAINT "item_sku" UNIQUE("organization_id","sku")
);
--> statement-breakpoint
CREATE TABLE "listing" (
	"organization_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"product_id" text NOT NULL,
	"spec_id" text NOT NULL,
	"sku_id" text,
	"cargo_number" text,
	"title" text NOT NULL,
	"variant_title" text,
	"status" text NOT NULL,
	"category" text,
	"item_id" uuid NOT NULL,
	"pack_factor" numeric DEFAULT '1' NOT NULL,
	"is_linked" boolean DEFAULT false NOT NULL,
	"min_order_quantity" numeric,
	"unit_price" numeric,
	"available" numeric,
	"modified_at" timestamp with time zone,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_organization_id_listing_id_pk" PRIMARY KEY("organization_id","listing_id"),
	CONSTRAINT "listing_natural_key" UNIQUE("organization_id","shop_id","product_id","spec_id")
);
--> statement-breakpoint
CREATE TABLE "stock_policy" (
	"organization_id" uuid NOT NULL,
	"policy_id" uuid NOT NULL,
	"item_id" uuid,
	"warehouse_id" uuid,
	"category" text,
	"supplier_name" text,
	"safety_stock" numeric,
	"lead_time_days" numeric,
	"review_period_days" numeric,
	"service_level" numeric,
	"min_order_quantity" numeric,
	"order_multiple" numeric,
	"order_cap" numeric,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_policy_organization_id_policy_id_pk" PRIMARY KEY("organization_id","policy_id"),
	CONSTRAINT "stock_policy_scope" UNIQUE NULLS NOT DISTINCT("organization_id","item_id","warehouse_id","category","supplier_name")
);
--> statement-breakpoint
CREATE TABLE "warehouse" (
	"organization_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'Asia/Shanghai' NOT NULL,
	"kind" text NOT NULL,
	"shop_id" uuid,
	"latitude" double precision,
	"longitude" double precision,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "warehouse_organization_id_warehouse_id_pk" PRIMARY KEY("organization_id","warehouse_id"),
	CONSTRAINT "warehouse_code" UNIQUE("organization_id","code")
);
--> statement-breakpoint
CREATE TABLE "business_clock" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"anchor_at" timestamp with time zone NOT NULL,
	"anchored_at" timestamp with time zone NOT NULL,
	"speed" double precision NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demand_daily" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"day" date NOT NULL,
	"units" numeric NOT NULL,
	"source" text NOT NULL,
	"is_censored" boolean DEFAULT false NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "demand_daily_organization_id_item_id_warehouse_id_day_pk" PRIMARY KEY("organization_id","item_id","warehouse_id","day")
);
--> statement-breakpoint
CREATE TABLE "demand_dirty" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"day" date NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "demand_dirty_organization_id_item_id_warehouse_id_day_pk" PRIMARY KEY("organization_id","item_id","warehouse_id","day")
);
--> statement-breakpoint
CREATE TABLE "sales_order" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"status" text NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"shipped_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"modified_at" timestamp with time zone NOT NULL,
	"close_reason" text,
	"refund_status" text,
	"total_amount" numeric,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_order_organization_id_shop_id_order_id_pk" PRIMARY KEY("organization_id","shop_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "sales_order_line" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"line_id" text NOT NULL,
	"product_id" text NOT NULL,
	"spec_id" text NOT NULL,
	"cargo_number" text,
	"title" text,
	"item_id" uuid,
	"quantity" numeric NOT NULL,
	"item_units" numeric,
	"unit_price" numeric,
	"status" text,
	"refund_status" text,
	"ordered_at" timestamp with time zone NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sales_order_line_organization_id_shop_id_order_id_line_id_pk" PRIMARY KEY("organization_id","shop_id","order_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "inbound_shipment" (
	"organization_id" uuid NOT NULL,
	"inbound_shipment_id" uuid NOT NULL,
	"shop_id" uuid,
	"external_id" text NOT NULL,
	"warehouse_id" uuid,
	"supplier_name" text,
	"status" text NOT NULL,
	"ordered_at" timestamp with time zone,
	"shipped_at" timestamp with time zone,
	"expected_at" timestamp with time zone,
	"received_at" timestamp with time zone,
	"modified_at" timestamp with time zone NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbound_shipment_organization_id_inbound_shipment_id_pk" PRIMARY KEY("organization_id","inbound_shipment_id"),
	CONSTRAINT "inbound_shipment_natural_key" UNIQUE NULLS NOT DISTINCT("organization_id","shop_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "inbound_shipment_line" (
	"organization_id" uuid NOT NULL,
	"inbound_shipment_id" uuid NOT NULL,
	"line_id" text NOT NULL,
	"item_id" uuid,
	"product_id" text,
	"spec_id" text,
	"sku" text,
	"title" text,
	"quantity" numeric NOT NULL,
	"received_quantity" numeric,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbound_shipment_line_organization_id_inbound_shipment_id_line_id_pk" PRIMARY KEY("organization_id","inbound_shipment_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "stock_level" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"available" numeric NOT NULL,
	"on_hand" numeric,
	"reserved" numeric,
	"damaged" numeric,
	"incoming" numeric,
	"is_incoming_reported" boolean DEFAULT false NOT NULL,
	"source" text NOT NULL,
	"shop_id" uuid,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"snapshot_observed_at" timestamp with time zone NOT NULL,
	"data_state" text DEFAULT 'FRESH' NOT NULL,
	"suspect_available" numeric,
	"suspect_since_at" timestamp with time zone,
	"suspect_reason" text,
	"is_watched" boolean DEFAULT true NOT NULL,
	"threshold" numeric,
	"threshold_origin" text,
	"threshold_computed_at" timestamp with time zone,
	"is_low" boolean GENERATED ALWAYS AS ((is_watched and threshold is not null and available <= threshold)) STORED NOT NULL,
	CONSTRAINT "stock_level_organization_id_item_id_warehouse_id_pk" PRIMARY KEY("organization_id","item_id","warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "stock_movement" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"movement_id" text NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"quantity" numeric NOT NULL,
	"reference" text,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_movement_organization_id_shop_id_movement_id_pk" PRIMARY KEY("organization_id","shop_id","movement_id")
);
--> statement-breakpoint
CREATE TABLE "stock_rollup_hourly" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"hour_at" timestamp with time zone NOT NULL,
	"open" numeric NOT NULL,
	"low" numeric NOT NULL,
	"high" numeric NOT NULL,
	"close" numeric NOT NULL,
	"out_of_stock_minutes" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_rollup_hourly_organization_id_item_id_warehouse_id_hour_at_pk" PRIMARY KEY("organization_id","item_id","warehouse_id","hour_at")
);
--> statement-breakpoint
CREATE TABLE "stock_snapshot" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"available" numeric NOT NULL,
	"on_hand" numeric,
	"reserved" numeric,
	"damaged" numeric,
	"incoming" numeric,
	"source" text NOT NULL,
	"is_suspect" boolean DEFAULT false NOT NULL,
	"sync_run_id" uuid,
	CONSTRAINT "stock_snapshot_organization_id_item_id_warehouse_id_observed_at_pk" PRIMARY KEY("organization_id","item_id","warehouse_id","observed_at")
) PARTITION BY RANGE ("observed_at");
--> statement-breakpoint
CREATE TABLE "call_budget" (
	"budget_key" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"paused_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "push_message" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"topic" text NOT NULL,
	"body" text NOT NULL,
	"sent_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "push_message_organization_id_shop_id_message_id_pk" PRIMARY KEY("organization_id","shop_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "quarantined_row" (
	"organization_id" uuid NOT NULL,
	"quarantined_row_id" uuid NOT NULL,
	"shop_id" uuid,
	"stream" text NOT NULL,
	"row_key" text NOT NULL,
	"reason" text NOT NULL,
	"raw" text NOT NULL,
	"times_seen" integer DEFAULT 1 NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "quarantined_row_organization_id_quarantined_row_id_pk" PRIMARY KEY("organization_id","quarantined_row_id"),
	CONSTRAINT "quarantined_row_natural_key" UNIQUE NULLS NOT DISTINCT("organization_id","shop_id","stream","row_key","reason")
);
--> statement-breakpoint
CREATE TABLE "read_hint" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "read_hint_organization_id_shop_id_kind_external_id_pk" PRIMARY KEY("organization_id","shop_id","kind","external_id")
);
--> statement-breakpoint
CREATE TABLE "shop" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"member_id" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"capabilities" jsonb,
	"endpoint_url" text,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shop_organization_id_shop_id_pk" PRIMARY KEY("organization_id","shop_id"),
	CONSTRAINT "shop_member" UNIQUE("organization_id","platform","member_id")
);
--> statement-breakpoint
CREATE TABLE "shop_credential" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	"version" integer NOT NULL,
	"access_expires_at" timestamp with time zone,
	"refresh_expires_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shop_credential_organization_id_shop_id_pk" PRIMARY KEY("organization_id","shop_id")
);
--> statement-breakpoint
CREATE TABLE "shop_lease" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"member_id" text NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"next_due_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"leased_by" text,
	"fence" bigint DEFAULT 0 NOT NULL,
	"paused_until" timestamp with time zone,
	CONSTRAINT "shop_lease_route" UNIQUE("platform","member_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "sync_run" (
	"organization_id" uuid NOT NULL,
	"sync_run_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"page_count" integer DEFAULT 0 NOT NULL,
	"row_count" integer DEFAULT 0 NOT NULL,
	"row_count_expected" integer,
	"changed_count" integer DEFAULT 0 NOT NULL,
	"quarantined_count" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_message" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sync_run_organization_id_sync_run_id_pk" PRIMARY KEY("organization_id","sync_run_id")
);
--> statement-breakpoint
CREATE TABLE "sync_state" (
	"organization_id" uuid NOT NULL,
	"shop_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"watermark_at" timestamp with time zone,
	"window_from" timestamp with time zone,
	"window_to" timestamp with time zone,
	"page_cursor" text,
	"pass_started_at" timestamp with time zone,
	"pass_finished_at" timestamp with time zone,
	"cycle_ms" bigint,
	"swept_at" timestamp with time zone,
	"pass_total" integer,
	"is_shaken" boolean DEFAULT false NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sync_state_organization_id_shop_id_stream_pk" PRIMARY KEY("organization_id","shop_id","stream")
);
--> statement-breakpoint
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_head" ADD CONSTRAINT "event_head_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_log" ADD CONSTRAINT "event_log_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_alert" ADD CONSTRAINT "stock_alert_organization_id_rule_id_alert_rule_organization_id_rule_id_fk" FOREIGN KEY ("organization_id","rule_id") REFERENCES "public"."alert_rule"("organization_id","rule_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item" ADD CONSTRAINT "item_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_policy" ADD CONSTRAINT "stock_policy_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "warehouse" ADD CONSTRAINT "warehouse_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand_daily" ADD CONSTRAINT "demand_daily_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand_dirty" ADD CONSTRAINT "demand_dirty_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_order" ADD CONSTRAINT "sales_order_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_order_line" ADD CONSTRAINT "sales_order_line_organization_id_shop_id_order_id_sales_order_organization_id_shop_id_order_id_fk" FOREIGN KEY ("organization_id","shop_id","order_id") REFERENCES "public"."sales_order"("organization_id","shop_id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_shipment" ADD CONSTRAINT "inbound_shipment_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_shipment_line" ADD CONSTRAINT "inbound_shipment_line_organization_id_inbound_shipment_id_inbound_shipment_organization_id_inbound_shipment_id_fk" FOREIGN KEY ("organization_id","inbound_shipment_id") REFERENCES "public"."inbound_shipment"("organization_id","inbound_shipment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_organization_id_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_message" ADD CONSTRAINT "push_message_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_row" ADD CONSTRAINT "quarantined_row_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_hint" ADD CONSTRAINT "read_hint_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop" ADD CONSTRAINT "shop_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_credential" ADD CONSTRAINT "shop_credential_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_state" ADD CONSTRAINT "sync_state_organization_id_shop_id_shop_organization_id_shop_id_fk" FOREIGN KEY ("organization_id","shop_id") REFERENCES "public"."shop"("organization_id","shop_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_log_alert" ON "event_log" USING btree ("organization_id","alert_id","number");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("organization_id","event_number") WHERE handled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "stock_alert_one_open" ON "stock_alert" USING btree ("organization_id","rule_id","item_id","warehouse_id") WHERE state <> 'RESOLVED' and item_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "stock_alert_one_open_source" ON "stock_alert" USING btree ("organization_id","rule_id","shop_id") WHERE state <> 'RESOLVED' and item_id is null;--> statement-breakpoint
CREATE INDEX "stock_alert_board" ON "stock_alert" USING btree ("organization_id","urgency" DESC NULLS FIRST,"alert_id");--> statement-breakpoint
CREATE INDEX "stock_alert_recent" ON "stock_alert" USING btree ("organization_id","changed_at" DESC NULLS FIRST,"alert_id");--> statement-breakpoint
CREATE INDEX "stock_alert_level" ON "stock_alert" USING btree ("organization_id","item_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "item_category" ON "item" USING btree ("organization_id","category","item_id");--> statement-breakpoint
CREATE INDEX "listing_item" ON "listing" USING btree ("organization_id","item_id");--> statement-breakpoint
CREATE INDEX "sales_order_recent" ON "sales_order" USING btree ("organization_id","ordered_at" DESC NULLS FIRST,"shop_id","order_id");--> statement-breakpoint
CREATE INDEX "sales_order_line_item" ON "sales_order_line" USING btree ("organization_id","item_id","ordered_at");--> statement-breakpoint
CREATE INDEX "sales_order_line_listing" ON "sales_order_line" USING btree ("organization_id","shop_id","product_id","spec_id");--> statement-breakpoint
CREATE INDEX "inbound_shipment_open" ON "inbound_shipment" USING btree ("organization_id","status","expected_at");--> statement-breakpoint
CREATE INDEX "inbound_shipment_line_item" ON "inbound_shipment_line" USING btree ("organization_id","item_id");--> statement-breakpoint
CREATE INDEX "stock_level_warehouse" ON "stock_level" USING btree ("organization_id","warehouse_id","item_id");--> statement-breakpoint
CREATE INDEX "stock_level_low" ON "stock_level" USING btree ("organization_id","item_id","warehouse_id") WHERE is_low;--> statement-breakpoint
CREATE INDEX "stock_level_suspect" ON "stock_level" USING btree ("organization_id","item_id","warehouse_id") WHERE data_state = 'SUSPECT';--> statement-breakpoint
CREATE INDEX "stock_movement_level" ON "stock_movement" USING btree ("organization_id","item_id","warehouse_id","observed_at");--> statement-breakpoint
CREATE INDEX "stock_snapshot_time" ON "stock_snapshot" USING brin ("observed_at");--> statement-breakpoint
CREATE INDEX "stock_snapshot_recent" ON "stock_snapshot" USING btree ("organization_id","observed_at" DESC NULLS FIRST,"item_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "quarantined_row_recent" ON "quarantined_row" USING btree ("organization_id","recorded_at" DESC NULLS FIRST,"quarantined_row_id");--> statement-breakpoint
CREATE INDEX "shop_lease_due" ON "shop_lease" USING btree ("next_due_at");--> statement-breakpoint
CREATE INDEX "sync_run_recent" ON "sync_run" USING btree ("organization_id","started_at" DESC NULLS FIRST,"sync_run_id");--> statement-breakpoint
CREATE INDEX "sync_run_shop" ON "sync_run" USING btree ("organization_id","shop_id","started_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "sync_run_running" ON "sync_run" USING btree ("organization_id","shop_id") WHERE state = 'RUNNING';