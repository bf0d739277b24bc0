import type { Actor } from '../../cases/actor.ts'
import { families } from '../../notify/families.ts'
import type { Mute, Subscription } from '../../notify/notices.ts'
import type { Button, Card } from '../card.ts'
import { encodePress } from '../press.ts'
import type { Texts } from '../texts.ts'
import { showMatch, showScope } from './wish-words.ts'

/** So many entries have a place on a card, each with its button. */
const longest = 20

/** What is silent now, until when and why. */
export function mutesCard(mutes: readonly Mute[], texts: Texts): Card {
  const shown = mutes.slice(0, longest)
  return {
    title: mutes.length
      ? texts.t('notice-desk.mutes.title', { count: mutes.length })
      : texts.t('notice-desk.mutes.none'),
    text: mutes.length ? moreText(mutes.length, texts) : [texts.t('notice-desk.mutes.hint')],
    items: shown.map(({ id, scope, reason, by, until }) => ({
      mark: 'skipped',
      title: texts.t('notice-desk.entry', { id, text: showScope(scope, texts) }),
      notes: [texts.t('notice-desk.mutes.note', { time: texts.time(until), by: by.name }), reason],
    })),
    buttons: shown.map(({ id, scope }) => endButton(id, scope, texts)),
  }
}

/** What was just muted. */
export function mutedCard({ id, scope, reason, until }: Mute, texts: Texts): Card {
  const everywhere = scope.partner === undefined ? 'everywhere' : 'partner'
  return {
    title: texts.t('notice-desk.mutes.done', { what: showScope(scope, texts), time: texts.time(until) }),
    text: [reason, texts.t(`notice-desk.mutes.${everywhere}`)],
    buttons: [endButton(id, scope, texts)],
  }
}

const endButton = (id: number, scope: Mute['scope'], texts: Texts): Button => ({
  label: texts.t('notice-desk.buttons.unmute', { id, text: showScope(scope, texts) }),
  press: encodePress({ verb: 'unmute', target: String(id) }),
})

/** What rooms asked to hear, for somebody in one of them; in a topic of a forum, what that topic asked for. */
export function subscriptionsCard(all: readonly Subscription[], actor: Actor, texts: Texts): Card {
  const shown = all.slice(0, longest)
  const say = (key: string, params?: Record<string, string | number>) =>
    texts.t(`notice-desk.subscriptions.${key}`, params)
  return {
    title: all.length ? say('title', { count: all.length }) : say(actor.topic === undefined ? 'none' : 'none-in-topic'),
    text: all.length ? moreText(all.length, texts) : [say('hint')],
    items: shown.map(({ id, match, by, to }) => ({
      mark: 'info',
      title: texts.t('notice-desk.entry', { id, text: showMatch(match, texts) }),
      notes: [say('by', { by: by.name }), ...elsewhere(to, actor, texts)],
    })),
    buttons: actor.role === 'support' ? [] : shown.map(({ id, match }) => removeButton(id, match, texts)),
  }
}

/** In which room and topic it is, as far as that is not where the reader is. */
function elsewhere({ room, topic }: Subscription['to'], reader: Actor, texts: Texts): string[] {
  const say = (key: string, params: Record<string, string | number>) =>
    texts.t(`notice-desk.subscriptions.${key}`, params)
  return [
    ...(room === reader.room ? [] : [say('room', { room })]),
    ...(topic === undefined || topic === reader.topic ? [] : [say('topic', { topic })]),
  ]
}

/** What this room, or this topic of it, hears from now on. */
export const subscribedCard = ({ id, to, match }: Subscription, texts: Texts): Card => ({
  title: texts.t(`notice-desk.subscriptions.${to.topic === undefined ? 'done' : 'done-in-topic'}`, {
    what: showMatch(match, texts),
  }),
  buttons: [removeButton(id, match, texts)],
})

const removeButton = (id: number, match: Subscription['match'], texts: Texts): Button => ({
  label: texts.t('notice-desk.buttons.unsubscribe', { id, text: showMatch(match, texts) }),
  press: encodePress({ verb: 'unsubscribe', target: String(id) }),
})

/** What can be asked for, a button for each family. */
export const familiesCard = (texts: Texts, command: string): Card => ({
  title: texts.t('notice-desk.subscriptions.which'),
  text: [texts.t('notice-desk.subscriptions.usage', { command })],
  buttons: Object.keys(families).map((family) => ({
    label: texts.t(`notice-desk.families.${family}`),
    press: encodePress({ verb: 'subscribe', target: family }),
  })),
})

const moreText = (count: number, texts: Texts): string[] =>
  count > longest ? [texts.t('notice-desk.more', { count: count - longest })] : []
