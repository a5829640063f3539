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