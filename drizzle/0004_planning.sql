CREATE TABLE "forecast_calibration" (
	"organization_id" uuid NOT NULL,
	"interval_days" integer NOT NULL,
	"from_units" double precision NOT NULL,
	"to_units" double precision,
	"case_count" integer NOT NULL,
	"levels" double precision[] NOT NULL,
	"coverage" double precision[] NOT NULL,
	"evaluated_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "forecast_calibration_organization_id_interval_days_from_units_pk" PRIMARY KEY("organization_id","interval_days","from_units")
);
--> statement-breakpoint
CREATE TABLE "forecast_override" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"units_per_day" numeric,
	"note" text,
	"set_by" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "forecast_override_organization_id_item_id_warehouse_id_from_on_pk" PRIMARY KEY("organization_id","item_id","warehouse_id","from_on")
);
--> statement-breakpoint
CREATE TABLE "group_factor" (
	"organization_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"category" text NOT NULL,
	"planned_on" date NOT NULL,
	"factors" json NOT NULL,
	"new_item_level" double precision,
	"prior_dispersion" double precision,
	"lead_time_days" double precision,
	"computed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "group_factor_organization_id_warehouse_id_category_pk" PRIMARY KEY("organization_id","warehouse_id","category")
);
--> statement-breakpoint
CREATE TABLE "level_forecast" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"first_on" date NOT NULL,
	"history_days" integer NOT NULL,
	"method" text NOT NULL,
	"flags" text[] NOT NULL,
	"stored" json,
	"units_per_day" numeric,
	"sigma_units_per_day" numeric,
	"dispersion" double precision,
	"effects" json NOT NULL,
	"accuracy_interval_days" integer,
	"accuracy_origins" integer,
	"rmsse" double precision,
	"interval_wape" double precision,
	"bias" double precision,
	"rmse_interval" double precision,
	"rmse_interval_moving_average" double precision,
	"demand_class" text,
	"xyz_class" text,
	"units_sold_90" numeric NOT NULL,
	"units_sold_365" numeric NOT NULL,
	"days_since_sale" integer,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "level_forecast_organization_id_item_id_warehouse_id_pk" PRIMARY KEY("organization_id","item_id","warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "market_index" (
	"organization_id" uuid NOT NULL,
	"category" text NOT NULL,
	"day" date NOT NULL,
	"factor" numeric NOT NULL,
	"source" text NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "market_index_organization_id_category_day_pk" PRIMARY KEY("organization_id","category","day")
);
--> statement-breakpoint
CREATE TABLE "promotion" (
	"organization_id" uuid NOT NULL,
	"promotion_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid,
	"name" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"factor" numeric,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "promotion_organization_id_promotion_id_pk" PRIMARY KEY("organization_id","promotion_id")
);
--> statement-breakpoint
CREATE TABLE "item_plan" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"abc_class" text,
	"xyz_class" text,
	"demand_class" text,
	"ranked_value" numeric,
	"days_to_stock_out_p10" integer,
	"days_to_stock_out_p50" integer,
	"days_to_stock_out_p90" integer,
	"stock_out_probability" double precision,
	"urgency_tier" text,
	"urgency_score" numeric,
	"level_count" integer NOT NULL,
	"scored_count" integer NOT NULL,
	"health_score" numeric,
	"health_weight" numeric NOT NULL,
	"stock_value" numeric,
	"excess_value" numeric,
	"dead_value" numeric,
	"units_sold_90" numeric NOT NULL,
	"turnover_90" numeric,
	"turnover_365" numeric,
	"in_stock_rate_90" double precision,
	"lost_sales_units_90" numeric,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "item_plan_organization_id_item_id_pk" PRIMARY KEY("organization_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "level_plan" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"planned_on" date NOT NULL,
	"unavailable_reason" text,
	"inputs" json NOT NULL,
	"units_per_day" numeric,
	"lead_time_days" numeric NOT NULL,
	"lead_time_sd_days" numeric NOT NULL,
	"lead_time_origin" text NOT NULL,
	"review_period_days" numeric NOT NULL,
	"protection_days" integer NOT NULL,
	"service_level" double precision NOT NULL,
	"service_level_origin" text NOT NULL,
	"safety_stock" numeric,
	"safety_stock_method" text NOT NULL,
	"safety_stock_origin" text,
	"classic_z" double precision,
	"classic_safety_stock" numeric,
	"reorder_point" numeric,
	"target_level" numeric,
	"position_due" numeric NOT NULL,
	"inbound_overdue" numeric NOT NULL,
	"next_receipt_on" date,
	"stock_out_probability" double precision,
	"probability_before_receipt" double precision,
	"days_to_stock_out_p10" integer,
	"days_to_stock_out_p50" integer,
	"days_to_stock_out_p90" integer,
	"expected_lost_units" numeric,
	"order_by_on" date,
	"days_of_stock" numeric,
	"turnover_90" numeric,
	"turnover_365" numeric,
	"sell_through_90" numeric,
	"in_stock_rate_90" double precision,
	"stock_out_days_90" integer,
	"stock_value" numeric,
	"excess_units" numeric,
	"excess_value" numeric,
	"is_dead" boolean NOT NULL,
	"lost_sales_units_90" numeric,
	"health_score" numeric,
	"health" json,
	"health_weight" numeric NOT NULL,
	"urgency_tier" text,
	"urgency_better_count" integer DEFAULT 0 NOT NULL,
	"urgency_score" numeric,
	"urgency_stake" numeric,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "level_plan_organization_id_item_id_warehouse_id_pk" PRIMARY KEY("organization_id","item_id","warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "plan_due" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"is_forecast_due" boolean NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_due_organization_id_item_id_warehouse_id_pk" PRIMARY KEY("organization_id","item_id","warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "plan_progress" (
	"organization_id" uuid NOT NULL,
	"event_number" bigint NOT NULL,
	"daily_on" date,
	"calibrated_on" date,
	"summarized_at" timestamp with time zone,
	"reference_stake" numeric,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_progress_organization_id_pk" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
CREATE TABLE "plan_summary" (
	"organization_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"scope_key" text NOT NULL,
	"level_count" integer NOT NULL,
	"scored_count" integer NOT NULL,
	"health_score" numeric,
	"health_weight" numeric NOT NULL,
	"stock_value" numeric,
	"excess_value" numeric,
	"dead_value" numeric,
	"units_sold_90" numeric NOT NULL,
	"turnover_90" numeric,
	"turnover_365" numeric,
	"in_stock_rate_90" double precision,
	"lost_sales_units_90" numeric,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_summary_organization_id_scope_scope_key_pk" PRIMARY KEY("organization_id","scope","scope_key")
);
--> statement-breakpoint
CREATE TABLE "stock_daily" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"day" date NOT NULL,
	"mean_units" numeric NOT NULL,
	"close" numeric NOT NULL,
	"out_share" double precision NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_daily_organization_id_item_id_warehouse_id_day_pk" PRIMARY KEY("organization_id","item_id","warehouse_id","day")
);
--> statement-breakpoint
ALTER TABLE "forecast_calibration" ADD CONSTRAINT "forecast_calibration_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forecast_override" ADD CONSTRAINT "forecast_override_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_factor" ADD CONSTRAINT "group_factor_organization_id_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_forecast" ADD CONSTRAINT "level_forecast_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_forecast" ADD CONSTRAINT "level_forecast_organization_id_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_index" ADD CONSTRAINT "market_index_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_plan" ADD CONSTRAINT "item_plan_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_plan" ADD CONSTRAINT "level_plan_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_plan" ADD CONSTRAINT "level_plan_organization_id_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_due" ADD CONSTRAINT "plan_due_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_progress" ADD CONSTRAINT "plan_progress_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_summary" ADD CONSTRAINT "plan_summary_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_daily" ADD CONSTRAINT "stock_daily_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "item_plan_stock_out" ON "item_plan" USING btree ("organization_id","days_to_stock_out_p50","item_id");--> statement-breakpoint
CREATE INDEX "item_plan_health" ON "item_plan" USING btree ("organization_id","health_score","item_id");--> statement-breakpoint
CREATE INDEX "item_plan_excess" ON "item_plan" USING btree ("organization_id","excess_value" DESC NULLS LAST,"item_id");--> statement-breakpoint
CREATE INDEX "level_plan_stock_out" ON "level_plan" USING btree ("organization_id","days_to_stock_out_p50","item_id");--> statement-breakpoint
CREATE INDEX "level_plan_health" ON "level_plan" USING btree ("organization_id","health_score","item_id");--> statement-breakpoint
CREATE INDEX "level_plan_excess" ON "level_plan" USING btree ("organization_id","excess_value" DESC NULLS LAST,"item_id");--> statement-breakpoint
CREATE INDEX "level_plan_risk" ON "level_plan" USING btree ("organization_id","stock_out_probability" DESC NULLS LAST,"item_id");--> statement-breakpoint
CREATE INDEX "level_plan_urgency" ON "level_plan" USING btree ("organization_id","urgency_score" DESC NULLS LAST,"item_id");--> statement-breakpoint
CREATE INDEX "level_plan_warehouse" ON "level_plan" USING btree ("organization_id","warehouse_id");