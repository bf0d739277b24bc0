CREATE TABLE "case_events" (
	"case_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"act_key" text,
	CONSTRAINT "case_events_case_id_seq_pk" PRIMARY KEY("case_id","seq"),
	CONSTRAINT "case_events_act_key" UNIQUE("act_key")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"flow" text NOT NULL,
	"flow_version" integer NOT NULL,
	"partner" text,
	"phone" text,
	"status" text DEFAULT 'open' NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	"state" jsonb NOT NULL,
	"wake_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"case_id" bigint,
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"message_id" text,
	"error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deliveries_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "kv" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "last_messages" (
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"message_id" bigint NOT NULL,
	CONSTRAINT "last_messages_surface_room_pk" PRIMARY KEY("surface","room")
);
--> statement-breakpoint
CREATE TABLE "places" (
	"case_id" bigint NOT NULL,
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"kind" text NOT NULL,
	"side" text NOT NULL,
	"message_id" text,
	"showing" text,
	"wanted" integer NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "places_case_id_surface_room_kind_pk" PRIMARY KEY("case_id","surface","room","kind")
);
--> statement-breakpoint
CREATE TABLE "seen" (
	"key" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cases_wake" ON "cases" USING btree ("wake_at") WHERE "cases"."status" = 'open';--> statement-breakpoint
CREATE INDEX "cases_partner" ON "cases" USING btree ("partner","status");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_phone_open" ON "cases" USING btree ("phone","partner") WHERE "cases"."status" = 'open';--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE INDEX "deliveries_room" ON "deliveries" USING btree ("surface","room","id") WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE INDEX "deliveries_message" ON "deliveries" USING btree ("surface","room","message_id");--> statement-breakpoint
CREATE INDEX "kv_expires" ON "kv" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "places_message" ON "places" USING btree ("surface","room","message_id");--> statement-breakpoint
CREATE INDEX "places_stale" ON "places" USING btree ("changed_at") WHERE "places"."wanted" > "places"."shown";--> statement-breakpoint
CREATE INDEX "seen_at" ON "seen" USING btree ("at");