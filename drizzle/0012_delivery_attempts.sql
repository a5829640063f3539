ALTER TABLE "notification_channel" ADD COLUMN "per_second_max" integer;--> statement-breakpoint
ALTER TABLE "notification_channel" ADD COLUMN "per_day_max" integer;--> statement-breakpoint
ALTER TABLE "notification_delivery" ADD COLUMN "attempt_log" jsonb DEFAULT '[]'::jsonb NOT NULL;