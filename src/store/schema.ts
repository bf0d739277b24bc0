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
    index('cases_closed').on(table.changedAt).where(sql`${table.status} = 'closed'`),
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
    /** What a card's message looks like, as a short hash without times, and the desk's time of its last edit. */
    drawn: text(),
    drawnAt: timestamp('drawn_at', instant),
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
    /** The case it tells of, or the notice; one of the two. */
    caseId: bigint('case_id', { mode: 'number' }),
    noticeId: bigint('notice_id', { mode: 'number' }),
    surface: text().notNull(),
    room: text().notNull(),
    body: jsonb().$type<unknown>().notNull(),
    /** `failed` waits for a person; `dropped`: a person gave it up. */
    state: text({ enum: ['due', 'sent', 'failed', 'dropped'] })
      .notNull()
      .default('due'),
    attempts: integer().notNull().default(0),
    /** Time of the next attempt: real time for what tells of a case, the desk's for notices. */
    dueAt: timestamp('due_at', instant).notNull().defaultNow(),
    /** Real time at which somebody began to send it; left behind when that process died. */
    takenAt: timestamp('taken_at', instant),
    messageId: text('message_id'),
    /** Desk time at which it was sent. */
    sentAt: timestamp('sent_at', instant),
    error: text(),
    createdAt: timestamp('created_at', instant).notNull(),
  },
  (table) => [
    index('deliveries_due').on(table.dueAt).where(sql`${table.state} = 'due'`),
    index('deliveries_room').on(table.surface, table.room, table.id).where(sql`${table.state} = 'due'`),
    index('deliveries_message').on(table.surface, table.room, table.messageId),
    index('deliveries_notice').on(table.noticeId).where(sql`${table.state} = 'due'`),
  ],
)

/** The newest message that the bot sent to a chat on its own, outside of `places` and `deliveries`. */
export const lastMessages = pgTable(
  'last_messages',
  { surface: text().notNull(), room: text().notNull(), messageId: bigint('message_id', { mode: 'number' }).notNull() },
  (table) => [primaryKey({ columns: [table.surface, table.room] })],
)

/**
 * What platforms told and was answered, just as it came: one row holds some changes that were committed together. Each is
 * moved to the inbox right after, and gone from here.
 */
export const arrivals = pgTable('arrivals', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** A change a line: key, source and body with tabs between. */
  changes: text().notNull(),
  receivedAt: timestamp('received_at', instant).notNull(),
})

/** What the platforms told, one row a change. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Idempotency key: the same change twice is one row, for eight days. */
    key: text().notNull().unique('inbox_key'),
    source: text({ enum: ['meta', 'hub', 'poll'] }).notNull(),
    /** JSON as it was told, one change. */
    body: text().notNull(),
    receivedAt: timestamp('received_at', instant).notNull(),
    handledAt: timestamp('handled_at', instant),
    /** What became of it: `told`, `in-case`, `late`, `muted`, `inhibited`, `ignored`, `nowhere`, `unreadable`, `failed`, `dropped`. */
    outcome: text(),
  },
  (table) => [
    index('inbox_waiting').on(table.id).where(sql`${table.handledAt} is null`),
    index('inbox_received').on(table.receivedAt),
    /** What could not be handled: few, and looked for among all. */
    index('inbox_failed').on(table.id).where(sql`${table.outcome} in ('failed', 'unreadable')`),
  ],
)

/** One message of notices in one room: what belongs together is one row until it is closed, and one message. */
export const notices = pgTable(
  'notices',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    surface: text({ enum: ['slack', 'telegram'] }).notNull(),
    room: text().notNull(),
    /** A Telegram forum's topic, 0 for none. */
    topic: integer().notNull().default(0),
    side: text({ enum: ['desk', 'partner'] }).notNull(),
    partner: text(),
    groupKey: text('group_key').notNull(),
    state: jsonb().$type<unknown>().notNull(),
    telling: jsonb().$type<unknown>().notNull(),
    severity: text({ enum: ['info', 'warning', 'critical'] }).notNull(),
    /** Version of `state`. */
    seq: integer().notNull().default(1),
    /** Next time at which the clock alone may change something. */
    lookAt: timestamp('look_at', instant),
    openedAt: timestamp('opened_at', instant).notNull(),
    closedAt: timestamp('closed_at', instant),
    messageId: text('message_id'),
    /** The version that the message ought to show (0: none yet), and the one it shows. */
    wanted: integer().notNull().default(0),
    shown: integer().notNull().default(0),
    /** Desk time at which the message was last posted or edited. */
    shownAt: timestamp('shown_at', instant),
    /** `failed`: tried too often; it waits for a person. */
    delivery: text({ enum: ['live', 'failed'] })
      .notNull()
      .default('live'),
    /** Desk time of the next attempt. */
    dueAt: timestamp('due_at', instant).notNull(),
    /** Real time at which somebody began to send it; left behind when that process died. */
    takenAt: timestamp('taken_at', instant),
    attempts: integer().notNull().default(0),
    error: text(),
  },
  (table) => [
    uniqueIndex('notices_open')
      .on(table.surface, table.room, table.topic, table.groupKey)
      .where(sql`closed_at is null`),
    index('notices_look').on(table.lookAt).where(sql`look_at is not null`),
    index('notices_stale').on(table.surface, table.room, table.dueAt).where(sql`${table.wanted} > ${table.shown}`),
    index('notices_message').on(table.surface, table.room, table.messageId),
  ],
)

/** Rooms that cannot be reached until a person acts. Nothing is lost: it waits, and one message is tried now and then. */
export const brokenRooms = pgTable(
  'broken_rooms',
  {
    surface: text({ enum: ['slack', 'telegram'] }).notNull(),
    room: text().notNull(),
    topic: integer().notNull().default(0),
    words: text().notNull(),
    since: timestamp(instant).notNull(),
    /** Desk time of the next try. */
    retryAt: timestamp('retry_at', instant).notNull(),
  },
  (table) => [primaryKey({ columns: [table.surface, table.room, table.topic] })],
)

/** Rooms that have another id now: a Telegram group that became a supergroup. */
export const movedRooms = pgTable(
  'moved_rooms',
  { surface: text().notNull(), room: text().notNull(), now: text().notNull(), at: timestamp(instant).notNull() },
  (table) => [primaryKey({ columns: [table.surface, table.room] })],
)

/** The message that says how many notices wait for a room, while there are too many. */
export const heldBack = pgTable(
  'held_back',
  {
    surface: text({ enum: ['slack', 'telegram'] }).notNull(),
    room: text().notNull(),
    topic: integer().notNull().default(0),
    since: timestamp(instant).notNull(),
    messageId: text('message_id'),
    /** Notices that came through since it began. */
    told: integer().notNull().default(0),
    /** What the message says: how many wait, by severity. */
    waiting: jsonb().$type<unknown>(),
    /** Desk time of its last change. */
    shownAt: timestamp('shown_at', instant),
    takenAt: timestamp('taken_at', instant),
  },
  (table) => [primaryKey({ columns: [table.surface, table.room] })],
)

/** The newest word on each topic of each subject: what is older comes too late, and some problems silence others. */
export const standing = pgTable(
  'standing',
  {
    subject: text().notNull(),
    topic: text().notNull(),
    kind: text().notNull(),
    inhibits: jsonb().$type<unknown>().notNull(),
    /** When it was said. */
    at: timestamp(instant).notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.topic] })],
)

/** Whose a number, WABA or client is, as the Hub's lists told. */
export const owners = pgTable('owners', {
  subject: text().primaryKey(),
  partner: text().notNull(),
  client: text(),
  clientName: text('client_name'),
  waba: text(),
  country: text(),
  /** Digits of a channel's number. */
  phone: text(),
  at: timestamp(instant).notNull(),
})

/** "Quiet, I know": silences that end by themselves. */
export const mutes = pgTable('mutes', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  scope: jsonb().$type<unknown>().notNull(),
  reason: text().notNull(),
  by: jsonb().$type<unknown>().notNull(),
  madeAt: timestamp('made_at', instant).notNull(),
  until: timestamp(instant).notNull(),
  endedBy: jsonb('ended_by').$type<unknown>(),
})

/** What rooms asked to hear beside the routes of the set-up. */
export const subscriptions = pgTable('subscriptions', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  surface: text({ enum: ['slack', 'telegram'] }).notNull(),
  room: text().notNull(),
  topic: integer().notNull().default(0),
  partner: text(),
  match: jsonb().$type<unknown>().notNull(),
  by: jsonb().$type<unknown>().notNull(),
  madeAt: timestamp('made_at', instant).notNull(),
  endedAt: timestamp('ended_at', instant),
  endedBy: jsonb('ended_by').$type<unknown>(),
})

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
