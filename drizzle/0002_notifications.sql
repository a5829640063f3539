CREATE TABLE "notification_channel" (
	"organization_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"state" text DEFAULT 'ACTIVE' NOT NULL,
	"locale" text NOT NULL,
	"settings" jsonb NOT NULL,
	"recipients" jsonb NOT NULL,
	"per_minute_max" integer,
	"message_bytes_max" integer,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_channel_organization_id_channel_id_pk" PRIMARY KEY("organization_id","channel_id"),
	CONSTRAINT "notification_channel_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "notification_delivery" (
	"organization_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"recipient" text NOT NULL,
	"severity" text NOT NULL,
	"title" text NOT NULL,
	"message" jsonb NOT NULL,
	"part_number" integer NOT NULL,
	"part_count" integer NOT NULL,
	"notice_count" integer NOT NULL,
	"digest" text NOT NULL,
	"changed_at" timestamp with time zone,
	"queued_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"leased_by" text,
	"error_code" text,
	"answer" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_delivery_organization_id_delivery_id_pk" PRIMARY KEY("organization_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "notification_notice" (
	"organization_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"event_number" bigint NOT NULL,
	"cause" text NOT NULL,
	"ordinal" integer NOT NULL,
	"alert_id" uuid NOT NULL,
	"route_id" uuid NOT NULL,
	"mentions" text[] NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"due_reason" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"delivery_id" uuid,
	"cancelled_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_notice_organization_id_channel_id_recipient_event_number_cause_ordinal_pk" PRIMARY KEY("organization_id","channel_id","recipient","event_number","cause","ordinal")
);
--> statement-breakpoint
CREATE TABLE "notification_read" (
	"organization_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"reader" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_read_organization_id_delivery_id_reader_pk" PRIMARY KEY("organization_id","delivery_id","reader")
);
--> statement-breakpoint
CREATE TABLE "notification_route" (
	"organization_id" uuid NOT NULL,
	"route_id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"kinds" text[],
	"severity_min" text NOT NULL,
	"warehouse_ids" uuid[],
	"categories" text[],
	"channel_ids" uuid[] NOT NULL,
	"roles" text[] NOT NULL,
	"recipient_names" text[] NOT NULL,
	"tells_resolved" boolean NOT NULL,
	"digest_minutes" integer NOT NULL,
	"quiet_from" text,
	"quiet_to" text,
	"quiet_time_zone" text,
	"quiet_except_severity" text,
	"repeat_minutes" integer,
	"escalation" jsonb NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_route_organization_id_route_id_pk" PRIMARY KEY("organization_id","route_id"),
	CONSTRAINT "notification_route_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "notification_secret" (
	"organization_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_secret_organization_id_channel_id_pk" PRIMARY KEY("organization_id","channel_id")
);
--> statement-breakpoint
ALTER TABLE "notification_channel" ADD CONSTRAINT "notification_channel_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_organization_id_channel_id_notification_channel_organization_id_channel_id_fk" FOREIGN KEY ("organization_id","channel_id") REFERENCES "public"."notification_channel"("organization_id","channel_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_notice" ADD CONSTRAINT "notification_notice_organization_id_channel_id_notification_channel_organization_id_channel_id_fk" FOREIGN KEY ("organization_id","channel_id") REFERENCES "public"."notification_channel"("organization_id","channel_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_notice" ADD CONSTRAINT "notification_notice_organization_id_alert_id_stock_alert_organization_id_alert_id_fk" FOREIGN KEY ("organization_id","alert_id") REFERENCES "public"."stock_alert"("organization_id","alert_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_read" ADD CONSTRAINT "notification_read_organization_id_delivery_id_notification_delivery_organization_id_delivery_id_fk" FOREIGN KEY ("organization_id","delivery_id") REFERENCES "public"."notification_delivery"("organization_id","delivery_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_route" ADD CONSTRAINT "notification_route_organization_id_organization_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_secret" ADD CONSTRAINT "notification_secret_organization_id_channel_id_notification_channel_organization_id_channel_id_fk" FOREIGN KEY ("organization_id","channel_id") REFERENCES "public"."notification_channel"("organization_id","channel_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_delivery_queue" ON "notification_delivery" USING btree ("organization_id","channel_id","recipient","queued_at") WHERE state = 'QUEUED';--> statement-breakpoint
CREATE INDEX "notification_delivery_recent" ON "notification_delivery" USING btree ("organization_id","queued_at" DESC NULLS FIRST,"delivery_id");--> statement-breakpoint
CREATE INDEX "notification_delivery_channel" ON "notification_delivery" USING btree ("organization_id","channel_id","queued_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notification_notice_due" ON "notification_notice" USING btree ("organization_id","due_at") WHERE delivery_id is null and cancelled_reason is null;--> statement-breakpoint
CREATE INDEX "notification_notice_alert" ON "notification_notice" USING btree ("organization_id","alert_id");--> statement-breakpoint
CREATE INDEX "notification_notice_delivery" ON "notification_notice" USING btree ("organization_id","delivery_id");