import type { Actor } from '../cases/actor.ts'
import type { Desk } from '../cases/desk.ts'
import type { Clock } from '../time.ts'
import { exportCard, numbersCard, partnersCard } from './numbers-card.ts'
import type { Press } from './press.ts'
import type { Reply } from './reply.ts'
import type { Texts } from './texts.ts'

/** Lists of numbers and clients. */
export interface NumbersTalk {
  list(actor: Actor, press?: Press): Promise<Reply[]>
  /** `text` may name the partner and a part of the client's name. */
  export(actor: Actor, text: string): Promise<Reply[]>
}

export function numbersTalk(options: {
  desk: Pick<Desk, 'numbers' | 'export'>
  clock: Clock
  textsFor: (actor: Actor) => Texts
}): NumbersTalk {
  const { desk, clock, textsFor } = options
  return {
    async list(actor, press) {
      const page = Number.parseInt(press?.value ?? '0', 10) || 0
      const listed = await desk.numbers(actor, { partner: press?.target, page })
      const texts = textsFor(actor)
      const card =
        listed.kind === 'partners' ? partnersCard(listed, texts) : numbersCard(listed, texts, actor.role !== 'partner')
      return [{ do: press?.value === undefined ? 'show' : 'replace', card }]
    },

    async export(actor, text) {
      const texts = textsFor(actor)
      const say = (key: string, params?: Record<string, string | number>) => texts.t(`desk.export.${key}`, params)
      const found = await desk.export(actor, text)
      if (found.kind === 'which') return [{ do: 'show', card: exportCard(found.partners, texts) }]
      if (found.kind === 'problem') {
        return [{ do: 'toast', text: say('problem', { answered: found.problem?.answered ?? '…' }), alert: true }]
      }
      const { partner, csv, rows, complete, filter } = found
      if (rows === 0) return [{ do: 'toast', text: say(filter ? 'none-fit' : 'none', { text: filter }), alert: true }]
      const day = new Date(clock.now()).toISOString().slice(0, 10)
      const name = `clients-${partner.id}-${day}${complete ? '' : '-incomplete'}.csv`
      const words = [say('text', { count: rows, partner: partner.name }), ...(complete ? [] : [say('incomplete')])]
      const file = { name, content: csv, text: words.join(' '), elsewhere: say('elsewhere'), failed: say('failed') }
      return [{ do: 'file', file }]
    },
  }
}
