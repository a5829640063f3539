ALTER TABLE "shop_lease" ADD COLUMN "woken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shop_lease" DROP COLUMN "paused_until";