CREATE TABLE "transfer_lane" (
	"organization_id" uuid NOT NULL,
	"from_warehouse_id" uuid NOT NULL,
	"to_warehouse_id" uuid NOT NULL,
	"unit_cost" numeric NOT NULL,
	"fixed_cost" numeric NOT NULL,
	"units_min" numeric NOT NULL,
	"pack_units" numeric NOT NULL,
	"transfer_days" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfer_lane_organization_id_from_warehouse_id_to_warehouse_id_pk" PRIMARY KEY("organization_id","from_warehouse_id","to_warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "transfer_suggestion" (
	"organization_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"from_warehouse_id" uuid NOT NULL,
	"to_warehouse_id" uuid NOT NULL,
	"state" text NOT NULL,
	"quantity" numeric NOT NULL,
	"arrives_on" date NOT NULL,
	"donor_risk_before" double precision NOT NULL,
	"donor_risk_after" double precision NOT NULL,
	"receiver_risk_before" double precision NOT NULL,
	"receiver_risk_after" double precision NOT NULL,
	"lost_units_avoided" numeric NOT NULL,
	"cost" numeric NOT NULL,
	"gain" numeric NOT NULL,
	"flags" text[] NOT NULL,
	"explanation" json NOT NULL,
	"planned_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_quantity" numeric,
	"opened_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"silent_until_on" date,
	"inbound_shipment_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfer_suggestion_organization_id_suggestion_id_pk" PRIMARY KEY("organization_id","suggestion_id")
);
--> statement-breakpoint
CREATE TABLE "transfer_version" (
	"organization_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"quantity" numeric NOT NULL,
	"arrives_on" date NOT NULL,
	"donor_risk_before" double precision NOT NULL,
	"donor_risk_after" double precision NOT NULL,
	"receiver_risk_before" double precision NOT NULL,
	"receiver_risk_after" double precision NOT NULL,
	"lost_units_avoided" numeric NOT NULL,
	"cost" numeric NOT NULL,
	"gain" numeric NOT NULL,
	"flags" text[] NOT NULL,
	"explanation" json NOT NULL,
	"planned_on" date NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_as_of" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_quantity" numeric,
	CONSTRAINT "transfer_version_organization_id_suggestion_id_recorded_at_pk" PRIMARY KEY("organization_id","suggestion_id","recorded_at")
);
--> statement-breakpoint
ALTER TABLE "transfer_lane" ADD CONSTRAINT "transfer_lane_organization_id_from_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","from_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_lane" ADD CONSTRAINT "transfer_lane_organization_id_to_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","to_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_suggestion" ADD CONSTRAINT "transfer_suggestion_organization_id_item_id_item_organization_id_item_id_fk" FOREIGN KEY ("organization_id","item_id") REFERENCES "public"."item"("organization_id","item_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_suggestion" ADD CONSTRAINT "transfer_suggestion_organization_id_from_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","from_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_suggestion" ADD CONSTRAINT "transfer_suggestion_organization_id_to_warehouse_id_warehouse_organization_id_warehouse_id_fk" FOREIGN KEY ("organization_id","to_warehouse_id") REFERENCES "public"."warehouse"("organization_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_version" ADD CONSTRAINT "transfer_version_organization_id_suggestion_id_transfer_suggestion_organization_id_suggestion_id_fk" FOREIGN KEY ("organization_id","suggestion_id") REFERENCES "public"."transfer_suggestion"("organization_id","suggestion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_suggestion_open" ON "transfer_suggestion" USING btree ("organization_id","item_id","from_warehouse_id","to_warehouse_id") WHERE state = 'OPEN';--> statement-breakpoint
CREATE INDEX "transfer_suggestion_item" ON "transfer_suggestion" USING btree ("organization_id","item_id","state");