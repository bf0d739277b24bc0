import { z } from 'zod'
import type { Actor } from '../cases/actor.ts'
import type { Database } from '../store/db.ts'
import { withAct } from './act-on-group.ts'
import type { Person } from './group.ts'
import { severityOf } from './group-state.ts'
import { addMute, endMute, loadMutes } from './mute-rows.ts'
import { longestMute } from './mutes.ts'
import { rowColumns, rowSchema } from './notice-store.ts'
import type { Mute, MuteScope, NoticeActed, NoticeRefusal, NoticeRow, Notices, Subscription } from './notices.ts'
import { addSubscription, endSubscription, subscriptionsOf } from './subscription-rows.ts'
import type { NoticeRoom } from './target.ts'

export interface DeskOfNoticesOptions {
  db: Database
  now: () => number
  /** Called after a commit: a message is to be redrawn, or other notices may be told from now on. */
  onChange: () => void
}

/** What people do about notices, over the database. */
export function deskOfNotices({ db, now, onChange }: DeskOfNoticesOptions): Notices {
  const changed = <T>(value: T): NoticeActed<T> => {
    onChange()
    return { ok: true, value }
  }

  const ownMutes = async (actor: Actor) =>
    (await loadMutes(db, now()))
      .filter(({ scope }) => isOwn(actor, scope.partner))
      .sort(first(({ scope }) => scope.partner === sideOf(actor)))
  const ownSubscriptions = async (actor: Actor) =>
    (await subscriptionsOf(db)).filter(({ partner }) => isOwn(actor, partner))
  const subscriptionsInReach = async (actor: Actor) =>
    (await ownSubscriptions(actor))
      .filter(({ to }) => isInReach(actor, to))
      .sort(first(({ to }) => to.surface === actor.surface && to.room === actor.room))

  return {
    async view(actor, id) {
      const [row] = parseRows(await db.run(`select ${rowColumns} from notices where id = $1`, [id]))
      return row && mayReach(actor, row) ? row : undefined
    },

    async act(actor, id, act, key) {
      const at = now()
      const acted = await db.transaction(async (tx): Promise<NoticeActed<NoticeRow> & { same?: true }> => {
        const [row] = parseRows(await db.run(`select ${rowColumns} from notices where id = $1 for update`, [id], tx))
        if (!row || !mayReach(actor, row)) return refused('not-found')
        const seenKey = `notice:${id}:${key}`
        const seen = await db.run('select 1 from seen where key = $1', [seenKey], tx)
        if (seen.length) return { ok: true, value: row, same: true }
        if (row.closed) return refused('closed')
        const done = withAct(row.group, act, personOf(actor), at)
        if (!done.ok) return done
        if (done.group === row.group) return { ok: true, value: row, same: true }
        const next = { ...row, group: done.group, seq: row.seq + 1 }
        // The row is looked at again: when it is told next hangs on what was done. Keys are forgotten by real time.
        await db.run(
          `update notices set state = $2::jsonb, severity = $3, seq = $4, wanted = case when wanted > 0 then $4 else 0 end,
             look_at = $5 where id = $1`,
          [id, JSON.stringify(next.group), severityOf(next.group), next.seq, new Date(at)],
          tx,
        )
        await db.run('insert into seen (key, at) values ($1, $2)', [seenKey, new Date()], tx)
        return { ok: true, value: next }
      })
      if (!acted.ok) return acted
      return acted.same ? { ok: true, value: acted.value } : changed(acted.value)
    },

    async mute(actor, scope, until, reason) {
      const at = now()
      const said = reason.trim()
      const why = muteRefusal(actor, scope, until, at)
      if (why) return refused(why)
      if (!said) return refused('reason-needed')
      const ofSide = (await ownMutes(actor)).filter((mute) => mute.scope.partner === sideOf(actor))
      if (ofSide.length >= most) return refused('too-many')
      const own: MuteScope = actor.role === 'partner' ? { ...scope, partner: actor.partner ?? '' } : scope
      return changed(await addMute(db, { scope: own, reason: said.slice(0, 500), by: personOf(actor), until }, at))
    },

    mutes: ownMutes,

    async unmute(actor, id): Promise<NoticeActed<Mute>> {
      const mute = (await ownMutes(actor)).find((each) => each.id === id)
      if (!mute || !(await endMute(db, mute, personOf(actor), now()))) return refused('not-found')
      return changed(mute)
    },

    async subscribe(actor, to, match) {
      const partner = sideOf(actor)
      if (!maySubscribe(actor) || !isSamePlace(actor, to)) return refused('not-allowed')
      if (!Object.values(match).some((part) => part !== undefined && part.length > 0)) return refused('nothing-matches')
      const here = (await ownSubscriptions(actor)).filter((each) => each.to.room === to.room)
      if (here.length >= most) return refused('too-many')
      const asked = { to, match, by: personOf(actor), ...(partner !== undefined && { partner }) }
      return changed(await addSubscription(db, asked, now()))
    },

    subscriptions: subscriptionsInReach,

    async unsubscribe(actor, id): Promise<NoticeActed<Subscription>> {
      const found = (await subscriptionsInReach(actor)).find((each) => each.id === id)
      if (!found) return refused('not-found')
      if (!maySubscribe(actor)) return refused('not-allowed')
      if (!(await endSubscription(db, id, personOf(actor), now()))) return refused('not-found')
      return changed(found)
    },
  }
}

/** Mutes of a person's side, and subscriptions of a room with all its topics, at most: each notice is held to all of them. */
const most = 100

const refused = (why: NoticeRefusal) => ({ ok: false, why }) as const

const parseRows = (rows: unknown): NoticeRow[] =>
  z
    .array(rowSchema)
    .parse(rows)
    .map(({ groupKey: _, opened: __, ...row }) => row)

const personOf = ({ id, name }: Actor): Person => ({ id, name })

/** The partner filter: the desk reaches the messages of its own rooms, a partner those of its own. */
const mayReach = (actor: Actor, { side, partner }: NoticeRow): boolean =>
  actor.role === 'partner'
    ? side === 'partner' && actor.partner !== undefined && partner === actor.partner
    : side === 'desk'

/** Whose mutes somebody makes: a partner's, or the desk's. */
const sideOf = ({ role, partner }: Actor): string | undefined => (role === 'partner' ? partner : undefined)

/** For sorting: those first, the others as they are. */
const first =
  <T>(isFirst: (one: T) => boolean) =>
  (a: T, b: T): number =>
    Number(isFirst(b)) - Number(isFirst(a))

/** What belongs to a partner is its own; the desk sees all. */
const isOwn = (actor: Actor, partner: string | undefined): boolean =>
  actor.role !== 'partner' || (actor.partner !== undefined && partner === actor.partner)

const isSamePlace = (actor: Actor, { surface, room, topic }: NoticeRoom): boolean =>
  surface === actor.surface && room === actor.room && topic === actor.topic

/** A topic has its own subscriptions. Elsewhere all are in reach, so that one can be ended whose topic is gone. */
const isInReach = (actor: Actor, to: NoticeRoom): boolean => actor.topic === undefined || isSamePlace(actor, to)

/** Anybody of a partner decides what the partner's chat hears; what a channel of the desk hears is for its leads. */
const maySubscribe = ({ role, partner }: Actor): boolean =>
  role === 'partner' ? partner !== undefined : role === 'lead' || role === 'admin'

function muteRefusal(actor: Actor, scope: MuteScope, until: number, at: number): NoticeRefusal | undefined {
  const { subject, kind, source, partner } = scope
  if (subject === undefined && kind === undefined && source === undefined) return 'nothing-matches'
  if (actor.role === 'partner') {
    // A whole platform is the desk's to silence.
    if (actor.partner === undefined || source !== undefined) return 'not-allowed'
    if (partner !== undefined && partner !== actor.partner) return 'not-allowed'
  }
  if (until <= at) return 'past'
  return until > at + longestMute ? 'too-long' : undefined
}
