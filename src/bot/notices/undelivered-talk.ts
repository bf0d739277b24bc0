import type { Actor } from '../../cases/actor.ts'
import { caseLabel } from '../../cases/label.ts'
import type { DeadLetters, Finding, Undelivered, UndeliveredReport } from '../../notify/carried.ts'
import type { Clock } from '../../time.ts'
import type { Button, Card, Item } from '../card.ts'
import { encodePress, type Press } from '../press.ts'
import type { Reply } from '../reply.ts'
import type { Texts } from '../texts.ts'

export interface UndeliveredTalkOptions {
  deadLetters: DeadLetters
  clock: Pick<Clock, 'now'>
  textsFor: (actor: Actor) => Texts
}

/** `/portdesk undelivered`: what did not get through, to be looked at, tried again or dropped. */
export interface UndeliveredTalk {
  list(actor: Actor): Promise<Reply[]>
  /** `undefined`: it is about something else. */
  press(actor: Actor, press: Press): Promise<Reply[]> | undefined
}

export function undeliveredTalk({ deadLetters, clock, textsFor }: UndeliveredTalkOptions): UndeliveredTalk {
  const alert = (text: string): Reply => ({ do: 'toast', text, alert: true })
  const notYours = (actor: Actor): Reply[] => [alert(textsFor(actor).t('notice-rooms.undelivered.not-yours'))]

  const show = async (actor: Actor, how: 'show' | 'replace'): Promise<Reply[]> => {
    const report = await deadLetters.report(actor)
    if (!report) return notYours(actor)
    return [{ do: how, card: undeliveredCard(report, textsFor(actor), clock.now()) }]
  }

  /** Says what was done, and shows what is left. */
  const done = async (actor: Actor, count: number | undefined, key: 'retried' | 'dropped'): Promise<Reply[]> => {
    if (count === undefined) return notYours(actor)
    const said = count === 0 ? 'gone' : key
    const toast: Reply = { do: 'toast', text: textsFor(actor).t(`notice-rooms.undelivered.${said}`, { count }) }
    return [toast, ...(await show(actor, 'replace'))]
  }

  return {
    list: (actor) => show(actor, 'show'),
    press(actor, { verb, target = '' }) {
      switch (verb) {
        case 'undelivered':
          return show(actor, 'replace')
        case 'undelivered-retry':
          return deadLetters.retry(actor, target).then((count) => done(actor, count, 'retried'))
        case 'undelivered-retry-all':
          return deadLetters.retry(actor).then((count) => done(actor, count, 'retried'))
        case 'undelivered-drop':
          return deadLetters.drop(actor, target).then((count) => done(actor, count, 'dropped'))
        default:
          return undefined
      }
    },
  }
}

/** So many entries have a place on a card, each with its two buttons. */
const longest = 10

/** What did not get through, and what is late. `now` in ms since the epoch. Pure. */
export function undeliveredCard({ entries, total, waiting, late }: UndeliveredReport, texts: Texts, now: number): Card {
  const say = (key: string, params?: Record<string, string | number>) =>
    texts.t(`notice-rooms.undelivered.${key}`, params)
  const shown = entries.slice(0, longest)
  return {
    title: total === 0 ? say('nothing') : say('title', { count: total }),
    state: {
      text: say(total + late.length === 0 ? 'fine' : 'state'),
      tone: total + late.length === 0 ? 'done' : 'attention',
    },
    text: total > shown.length ? [say('more', { count: total - shown.length })] : [],
    fields: (['inbox', 'messages'] as const).flatMap((what) => {
      const since = waiting[what]
      return since === undefined ? [] : [{ label: say(`waiting.${what}`), value: texts.relative(since, now) }]
    }),
    items: [
      ...late.map((finding) => lateItem(finding, texts)),
      ...shown.map((entry, index) => entryItem(entry, index + 1, texts, now)),
    ],
    buttons: [
      ...(shown.length > 1
        ? [{ label: say('buttons.retry-all'), press: encodePress({ verb: 'undelivered-retry-all' }) }]
        : []),
      ...shown.flatMap((entry, index) => entryButtons(entry, index + 1, texts)),
    ],
  }
}

function lateItem({ what, count, late, where }: Finding, texts: Texts): Item {
  const params = { count, minutes: Math.floor(late / 60_000) }
  return {
    mark: 'warning',
    title: texts.t(`notice-rooms.undelivered.late.${what}`),
    notes: [texts.t('notice-rooms.undelivered.late.line', params), ...(where === undefined ? [] : [where])],
  }
}

function entryItem(entry: Undelivered, number: number, texts: Texts, now: number): Item {
  const { what, where, waiting = 0, error, since } = entry
  const params = { where, count: waiting, ...(entry.case !== undefined && { case: caseLabel(entry.case) }) }
  const key = what === 'job' && entry.case !== undefined ? 'job-of-case' : what
  const text = texts.t(`notice-rooms.undelivered.what.${key}`, params)
  const when = { time: texts.time(since), relative: texts.relative(since, now) }
  return {
    mark: 'failed',
    title: texts.t('notice-rooms.undelivered.entry', { number, text }),
    notes: [...(error ? [error] : []), texts.t('notice-rooms.undelivered.since', when)],
  }
}

function entryButtons({ id }: Undelivered, number: number, texts: Texts): Button[] {
  const say = (key: string) => texts.t(`notice-rooms.undelivered.${key}`, { number })
  return [
    { label: say('buttons.retry'), press: encodePress({ verb: 'undelivered-retry', target: id }) },
    {
      label: say('buttons.drop'),
      press: encodePress({ verb: 'undelivered-drop', target: id }),
      style: 'danger',
      confirm: { title: say('drop.title'), text: say('drop.text'), yes: say('drop.yes'), no: say('drop.no') },
    },
  ]
}
