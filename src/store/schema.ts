import type { PgTimestampConfig } from 'drizzle-orm/pg-core'
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from './drizzle.ts'

const instant = { withTimezone: true, mode: 'date', precision: 3 } as const satisfies PgTimestampConfig<'date'>

/** One running flow for one subject. `id` is what people say: PD-142. Everything but `id` and `flow` is derived from its events. */
export const cases = pgTable(
  'cases',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    flow: text().notNull(),
    flowVersion: integer('flow_version').notNull(),
    partner: text(),
    /** The subject's phone number in digits, when the case has one. */
    phone: text(),
    status: text({ enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    /** Number of the last event. */
    seq: integer().notNull().default(0),
    /** The folded events, so that a press does not read the whole history. */
    state: jsonb().$type<unknown>().notNull(),
    /** When the case wants to be looked at again; the one field behind every deadline. */
    wakeAt: timestamp('wake_at', instant),
    openedAt: timestamp('opened_at', instant).notNull(),
    changedAt: timestamp('changed_at', instant).notNull(),
  },
  (table) => [
    index('cases_wake').on(table.wakeAt).where(sql`${table.status} = 'open'`),
    index('cases_partner').on(table.partner, table.status),
    // One changing case per number; what another partner does with a number of that name is not this one's business.
    uniqueIndex('cases_phone_open').on(table.phone, table.partner).where(sql`${table.status} = 'open'`),
  ],
)

/** What happened in a case, in order. Two writers cannot both write event 17: the loser reads again. */
export const caseEvents = pgTable(
  'case_events',
  {
    caseId: bigint('case_id', { mode: 'number' })
      .notNull()
      .references(() => cases.id),
    seq: integer().notNull(),
    type: text().notNull(),
    /** The actor: who did it, and in which role. */
    by: jsonb().$type<unknown>().notNull(),
    at: timestamp(instant).notNull(),
    data: jsonb().$type<unknown>().notNull(),
    /** Idempotency key of the act that caused the event: the same act twice is one event. */
    actKey: text('act_key'),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.seq] }), unique('case_events_act_key').on(table.actKey)],
)

/** A message that shows one case in one room. With `wanted > shown` it is stale and waits for an edit. */
export const places = pgTable(
  'places',
  {
    caseId: bigint('case_id', { mode: 'number' })
      .notNull()
      .references(() => cases.id),
    surface: text().notNull(),
    room: text().notNull(),
    /** `card`: the whole case; `question`: the pending question of the intake. */
    kind: text({ enum: ['card', 'question'] }).notNull(),
    /** For whom it is drawn. */
    side: text({ enum: ['desk', 'partner', 'destination-partner'] }).notNull(),
    messageId: text('message_id'),
    /** What a question message shows right now, so that it is not edited in vain. */
    showing: text(),
    /** The case's event number the card ought to show, and the one it shows. */
    wanted: integer().notNull(),
    shown: integer().notNull().default(0),
    /** `broken`: the room is gone or the bot was thrown out; nobody writes there any more. */
    state: text({ enum: ['live', 'broken'] })
      .notNull()
      .default('live'),
    changedAt: timestamp('changed_at', instant).notNull(),
    /** Real time at which somebody began to write it; left behind when that process died. */
    takenAt: timestamp('taken_at', instant),
    /** Failed attempts in a row, and the real time of the next one. */
    attempts: integer().notNull().default(0),
    dueAt: timestamp('due_at', instant).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.surface, table.room, table.kind] }),
    index('places_message').on(table.surface, table.room, table.messageId),
    index('places_stale').on(table.changedAt).where(sql`${table.wanted} > ${table.shown}`),
  ],
)

/** One message to one place, from the moment it is owed until it is sent or given up. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Idempotency key: the same message twice is one row. */
    key: text().notNull().unique('deliveries_key'),
    caseId: bigint('case_id', { mode: 'number' }),
    surface: text().notNull(),
    room: text().notNull(),
    body: jsonb().$type<unknown>().notNull(),
    state: text({ enum: ['due', 'sent', 'failed'] })
      .notNull()
      .default('due'),
    attempts: integer().notNull().default(0),
    /** Real time of the next attempt. */
    dueAt: timestamp('due_at', instant).notNull().defaultNow(),
    /** Real time at which somebody began to send it; left behind when that process died. */
    takenAt: timestamp('taken_at', instant),
    messageId: text('message_id'),
    error: text(),
    createdAt: timestamp('created_at', instant).notNull(),
  },
  (table) => [
    index('deliveries_due').on(table.dueAt).where(sql`${table.state} = 'due'`),
    index('deliveries_room').on(table.surface, table.room, table.id).where(sql`${table.state} = 'due'`),
    index('deliveries_message').on(table.surface, table.room, table.messageId),
  ],
)

/** The newest message that the bot sent to a chat on its own, outside of `places` and `deliveries`. */
export const lastMessages = pgTable(
  'last_messages',
  { surface: text().notNull(), room: text().notNull(), messageId: bigint('message_id', { mode: 'number' }).notNull() },
  (table) => [primaryKey({ columns: [table.surface, table.room] })],
)

/** Idempotency keys of updates that came in from the surfaces and platforms. */
export const seen = pgTable('seen', { key: text().primaryKey(), at: timestamp(instant).notNull() }, (table) => [
  index('seen_at').on(table.at),
])

/** What may expire, when there is no Redis. Only kv.ts reads and writes it. */
export const kv = pgTable(
  'kv',
  { key: text().primaryKey(), value: text().notNull(), expiresAt: timestamp('expires_at', instant) },
  (table) => [index('kv_expires').on(table.expiresAt)],
)
