import type { Actor } from '../../cases/actor.ts'
import { families } from '../../notify/families.ts'
import type { MuteScope, NoticeAct, NoticeRefusal, NoticeRow, Notices, Subscription } from '../../notify/notices.ts'
import type { Clock } from '../../time.ts'
import type { FormRef } from '../form.ts'
import type { Press } from '../press.ts'
import type { Reply } from '../reply.ts'
import type { Command, Said } from '../talk.ts'
import type { Texts } from '../texts.ts'
import { tomorrowMorning } from './morning.ts'
import { noticeCard } from './notice-card.ts'
import { isFamily, readEntry, readLength, readMute, readSubscription, type Understood } from './notice-requests.ts'
import { coversAll, quietForm, quietScopes } from './quiet-form.ts'
import { familiesCard, mutedCard, mutesCard, subscribedCard, subscriptionsCard } from './wishes-card.ts'

export interface NoticeTalkOptions {
  notices: Notices
  clock: Clock
  textsFor: (actor: Actor) => Texts
  partnerName: (id: string | undefined) => string | undefined
}

type QuietRef = Extract<FormRef, { form: 'quiet' }>

/** What people say and press about notices. `undefined`: it is about something else. */
export interface NoticeTalk {
  command(actor: Actor, command: Command, text: string): Promise<Reply[]> | undefined
  press(actor: Actor, press: Press, said: Said): Promise<Reply[]> | undefined
  submit(actor: Actor, ref: QuietRef, values: Record<string, string | string[]>, said: Said): Promise<Reply[]>
}

export function noticeTalk({ notices, clock, textsFor, partnerName }: NoticeTalkOptions): NoticeTalk {
  const alert = (text: string): Reply[] => [{ do: 'toast', text, alert: true }]
  const refusal = (why: NoticeRefusal, actor: Actor): Reply[] => alert(textsFor(actor).t(`notice-desk.refusals.${why}`))
  const misunderstood = ({ problem, word }: Extract<Understood<unknown>, { ok: false }>, actor: Actor): Reply[] =>
    alert(textsFor(actor).t(`notice-desk.problems.${problem}`, { word, command: prefix(actor) }))

  /** The message in the room changes by itself; only who came too late hears of it here. */
  const act = async (actor: Actor, id: number, deed: NoticeAct, said: Said): Promise<Reply[]> => {
    const acted = await notices.act(actor, id, deed, said.key)
    if (acted.ok) return []
    if (acted.why !== 'already-acknowledged') return refusal(acted.why, actor)
    const seen = (await notices.view(actor, id))?.group.acknowledged
    if (!seen) return refusal('closed', actor)
    const relative = textsFor(actor).relative(seen.at, clock.now())
    const who = seen.by.id === actor.id ? 'self' : 'other'
    return alert(textsFor(actor).t(`notice-desk.acknowledged.${who}`, { by: seen.by.name, relative }))
  }

  const take = async (actor: Actor, id: number, seq: number | undefined, said: Said): Promise<Reply[]> => {
    const row = await notices.view(actor, id)
    const assignee = row?.group.assignee
    // Whoever sees who has it may take it over; whoever pressed an older card did not know.
    if (row && assignee && assignee.id !== actor.id && seq !== row.seq) {
      return alert(textsFor(actor).t('notice-desk.taken', { by: assignee.name }))
    }
    return act(actor, id, { do: 'take' }, said)
  }

  const snooze = async (actor: Actor, id: number, value: string, said: Said): Promise<Reply[]> => {
    const now = clock.now()
    const length = readLength(value)
    const until = length === undefined ? tomorrowMorning(now, actor.timeZone) : now + length
    return act(actor, id, { do: 'snooze', until }, said)
  }

  const withRow = async (actor: Actor, id: number, reply: (row: NoticeRow) => Reply[]): Promise<Reply[]> => {
    const row = await notices.view(actor, id)
    return row ? reply(row) : refusal('not-found', actor)
  }

  const details = (actor: Actor, id: number) =>
    withRow(actor, id, (row) => {
      const context = { texts: textsFor(actor), now: clock.now(), partnerName, details: true }
      return [{ do: 'show', card: noticeCard(row, context) }]
    })

  const quiet = (actor: Actor, id: number) =>
    withRow(actor, id, (row) => [{ do: 'form', form: quietForm(row, textsFor(actor)) }])

  const mute = async (actor: Actor, scope: MuteScope, length: number, reason: string): Promise<Reply[]> => {
    const muted = await notices.mute(actor, scope, clock.now() + length, reason)
    return muted.ok ? [{ do: 'show', card: mutedCard(muted.value, textsFor(actor)) }] : refusal(muted.why, actor)
  }

  const listMutes = async (actor: Actor, how: 'show' | 'replace' = 'show'): Promise<Reply[]> => [
    { do: how, card: mutesCard(await notices.mutes(actor), textsFor(actor)) },
  ]

  const unmute = async (actor: Actor, id: number): Promise<Reply[]> => {
    const ended = await notices.unmute(actor, id)
    return ended.ok ? listMutes(actor, 'replace') : refusal(ended.why, actor)
  }

  const subscribe = async (actor: Actor, match: Subscription['match']): Promise<Reply[]> => {
    const texts = textsFor(actor)
    if (isDirectMessage(actor)) return alert(texts.t('notice-desk.problems.only-channels'))
    const { surface, room, topic } = actor
    const subscribed = await notices.subscribe(actor, { surface, room, ...(topic !== undefined && { topic }) }, match)
    if (subscribed.ok) return [{ do: 'show', card: subscribedCard(subscribed.value, texts) }]
    return subscribed.why === 'not-allowed'
      ? alert(texts.t('notice-desk.problems.leads'))
      : refusal(subscribed.why, actor)
  }

  const listSubscriptions = async (actor: Actor, how: 'show' | 'replace' = 'show'): Promise<Reply[]> => [
    { do: how, card: subscriptionsCard(await notices.subscriptions(actor), actor, textsFor(actor)) },
  ]

  const unsubscribe = async (actor: Actor, id: number | undefined): Promise<Reply[]> => {
    if (id === undefined) return misunderstood({ ok: false, problem: 'unsubscribe', word: '' }, actor)
    const ended = await notices.unsubscribe(actor, id)
    if (ended.ok) return listSubscriptions(actor, 'replace')
    const absent = actor.topic === undefined ? 'no-subscription' : 'no-subscription-in-topic'
    const key = ended.why === 'not-allowed' ? 'leads' : absent
    return alert(textsFor(actor).t(`notice-desk.problems.${key}`, { id }))
  }

  return {
    command(actor, command, text) {
      const texts = textsFor(actor)
      switch (command) {
        case 'subscribe': {
          if (!text.trim()) return Promise.resolve([{ do: 'show', card: familiesCard(texts, prefix(actor)) }])
          const asked = readSubscription(text)
          return asked.ok ? subscribe(actor, asked.match) : Promise.resolve(misunderstood(asked, actor))
        }
        case 'subscriptions':
          return listSubscriptions(actor)
        case 'unsubscribe':
          return unsubscribe(actor, readEntry(text))
        case 'mute': {
          const asked = readMute(text)
          return asked.ok
            ? mute(actor, asked.scope, asked.length, asked.reason)
            : Promise.resolve(misunderstood(asked, actor))
        }
        case 'mutes':
          return listMutes(actor)
        default:
          return undefined
      }
    },

    press(actor, { verb, target = '', value = '', seq }, said) {
      const id = readEntry(target) ?? 0
      switch (verb) {
        case 'notice-acknowledge':
          return act(actor, id, { do: 'acknowledge' }, said)
        case 'notice-unacknowledge':
          return act(actor, id, { do: 'unacknowledge' }, said)
        case 'notice-snooze':
          return snooze(actor, id, value, said)
        case 'notice-wake':
          return act(actor, id, { do: 'wake' }, said)
        case 'notice-take':
          return take(actor, id, seq, said)
        case 'notice-release':
          return act(actor, id, { do: 'release' }, said)
        case 'notice-details':
          return details(actor, id)
        case 'notice-quiet':
          return quiet(actor, id)
        case 'unmute':
          return unmute(actor, id)
        case 'subscribe':
          return isFamily(target)
            ? subscribe(actor, { kinds: [...families[target]] })
            : Promise.resolve([{ do: 'show', card: familiesCard(textsFor(actor), prefix(actor)) }])
        case 'unsubscribe':
          return unsubscribe(actor, id)
        default:
          return undefined
      }
    },

    async submit(actor, ref, values, said) {
      const row = await notices.view(actor, ref.notice)
      if (!row) return refusal('not-found', actor)
      const texts = textsFor(actor)
      const chosen = quietScopes(row, texts).find(({ value }) => value === values.scope)
      const length = readLength(String(values.length ?? ''))
      if (!chosen || length === undefined) {
        const field = chosen ? 'length' : 'scope'
        return [{ do: 'errors', errors: { [field]: texts.t('desk.question.problems.not-an-option') } }]
      }
      const until = clock.now() + length
      const muted = await notices.mute(actor, chosen.scope, until, String(values.reason ?? ''))
      if (!muted.ok) return [{ do: 'errors', errors: { reason: texts.t(`notice-desk.refusals.${muted.why}`) } }]
      // What is on the screen is quiet, too.
      if (coversAll(chosen.scope, row.group))
        await notices.act(actor, row.id, { do: 'snooze', until }, `${said.key}:snooze`)
      return [{ do: 'show', card: mutedCard(muted.value, texts) }]
    },
  }
}

const prefix = ({ surface }: Actor) => (surface === 'slack' ? '/portdesk ' : '/')

/** A direct message in Slack is nobody's room to subscribe. */
const isDirectMessage = ({ surface, room }: Actor) => surface === 'slack' && !/^[CG]/.test(room)
