ALTER TABLE "demand_daily" ADD COLUMN "largest_order_units" numeric;--> statement-breakpoint
ALTER TABLE "plan_progress" ADD COLUMN "is_daily_late" boolean DEFAULT false NOT NULL;