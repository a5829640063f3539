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