CREATE TABLE "plan_sum_due" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_sum_due_organization_id_item_id_pk" PRIMARY KEY("organization_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "item_plan"
	ADD COLUMN "score_weighted" numeric,
	ADD COLUMN "scored_weight" numeric,
	ADD COLUMN "score_sum" numeric,
	ADD COLUMN "turned_90" numeric,
	ADD COLUMN "held_90" numeric,
	ADD COLUMN "turned_365" numeric,
	ADD COLUMN "held_365" numeric,
	ADD COLUMN "sold_through_90" numeric,
	ADD COLUMN "in_stock_sum_90" numeric,
	ADD COLUMN "in_stock_count_90" integer DEFAULT 0 NOT NULL,
	ADD COLUMN "covered_value" numeric,
	ADD COLUMN "demand_value" numeric,
	ADD COLUMN "units_per_day" numeric,
	ADD COLUMN "recorded_count" integer;--> statement-breakpoint
-- One statement, so that a large table is written anew once.
ALTER TABLE "level_plan"
	ADD COLUMN "available" numeric GENERATED ALWAYS AS ((inputs ->> 'available')::numeric) STORED,
	ADD COLUMN "mean_units_90" numeric GENERATED ALWAYS AS ((inputs -> 'history' ->> 'meanUnits90')::numeric) STORED,
	ADD COLUMN "mean_units_365" numeric GENERATED ALWAYS AS ((inputs -> 'history' ->> 'meanUnits365')::numeric) STORED,
	ADD COLUMN "counted_units_90" numeric GENERATED ALWAYS AS ((inputs -> 'history' ->> 'countedUnits90')::numeric) STORED,
	ADD COLUMN "units_sold_90" numeric GENERATED ALWAYS AS ((inputs -> 'history' ->> 'unitsSold90')::numeric) STORED,
	ADD COLUMN "units_sold_365" numeric GENERATED ALWAYS AS ((inputs -> 'history' ->> 'unitsSold365')::numeric) STORED;--> statement-breakpoint
ALTER TABLE "plan_progress" ADD COLUMN "daily_from" text;--> statement-breakpoint
ALTER TABLE "plan_summary"
	ADD COLUMN "score_weighted" numeric,
	ADD COLUMN "scored_weight" numeric,
	ADD COLUMN "score_sum" numeric,
	ADD COLUMN "turned_90" numeric,
	ADD COLUMN "held_90" numeric,
	ADD COLUMN "turned_365" numeric,
	ADD COLUMN "held_365" numeric,
	ADD COLUMN "sold_through_90" numeric,
	ADD COLUMN "in_stock_sum_90" numeric,
	ADD COLUMN "in_stock_count_90" integer DEFAULT 0 NOT NULL,
	ADD COLUMN "covered_value" numeric,
	ADD COLUMN "demand_value" numeric,
	ADD COLUMN "units_per_day" numeric,
	ADD COLUMN "recorded_count" integer;--> statement-breakpoint
ALTER TABLE "plan_sum_due" ADD CONSTRAINT "plan_sum_due_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "item_plan_unsummed" ON "item_plan" USING btree ("organization_id","item_id") WHERE recorded_count is null;