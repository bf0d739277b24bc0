CREATE TABLE "arrivals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "arrivals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"changes" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "broken_rooms" (
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"topic" integer DEFAULT 0 NOT NULL,
	"words" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"retry_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "broken_rooms_surface_room_topic_pk" PRIMARY KEY("surface","room","topic")
);
--> statement-breakpoint
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
	"notice_id" bigint,
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"message_id" text,
	"sent_at" timestamp (3) with time zone,
	"error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deliveries_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "held_back" (
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"topic" integer DEFAULT 0 NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"message_id" text,
	"told" integer DEFAULT 0 NOT NULL,
	"waiting" jsonb,
	"shown_at" timestamp (3) with time zone,
	"taken_at" timestamp (3) with time zone,
	CONSTRAINT "held_back_surface_room_pk" PRIMARY KEY("surface","room")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"source" text NOT NULL,
	"body" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"handled_at" timestamp (3) with time zone,
	"outcome" text,
	CONSTRAINT "inbox_key" UNIQUE("key")
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
CREATE TABLE "moved_rooms" (
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"now" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "moved_rooms_surface_room_pk" PRIMARY KEY("surface","room")
);
--> statement-breakpoint
CREATE TABLE "mutes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mutes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scope" jsonb NOT NULL,
	"reason" text NOT NULL,
	"by" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"ended_by" jsonb
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"topic" integer DEFAULT 0 NOT NULL,
	"side" text NOT NULL,
	"partner" text,
	"group_key" text NOT NULL,
	"state" jsonb NOT NULL,
	"telling" jsonb NOT NULL,
	"severity" text NOT NULL,
	"seq" integer DEFAULT 1 NOT NULL,
	"look_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"message_id" text,
	"wanted" integer DEFAULT 0 NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	"shown_at" timestamp (3) with time zone,
	"delivery" text DEFAULT 'live' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "owners" (
	"subject" text PRIMARY KEY NOT NULL,
	"partner" text NOT NULL,
	"client" text,
	"client_name" text,
	"waba" text,
	"country" text,
	"phone" text,
	"at" timestamp (3) with time zone NOT NULL
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
	"drawn" text,
	"drawn_at" timestamp (3) with time zone,
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
CREATE TABLE "standing" (
	"subject" text NOT NULL,
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"inhibits" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "standing_subject_topic_pk" PRIMARY KEY("subject","topic")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscriptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"surface" text NOT NULL,
	"room" text NOT NULL,
	"topic" integer DEFAULT 0 NOT NULL,
	"partner" text,
	"match" jsonb NOT NULL,
	"by" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" jsonb
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
CREATE INDEX "deliveries_notice" ON "deliveries" USING btree ("notice_id") WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("id") WHERE "inbox"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "kv_expires" ON "kv" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_open" ON "notices" USING btree ("surface","room","topic","group_key") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "notices_look" ON "notices" USING btree ("look_at") WHERE look_at is not null;--> statement-breakpoint
CREATE INDEX "notices_stale" ON "notices" USING btree ("surface","room","due_at") WHERE "notices"."wanted" > "notices"."shown";--> statement-breakpoint
CREATE INDEX "notices_message" ON "notices" USING btree ("surface","room","message_id");--> statement-breakpoint
CREATE INDEX "places_message" ON "places" USING btree ("surface","room","message_id");--> statement-breakpoint
CREATE INDEX "places_stale" ON "places" USING btree ("changed_at") WHERE "places"."wanted" > "places"."shown";--> statement-breakpoint
CREATE INDEX "seen_at" ON "seen" USING btree ("at");