import type { DeskConfig } from '../../config.ts'
import type { Carried } from '../../notify/carried.ts'
import type { Database } from '../../store/db.ts'
import type { Card } from '../card.ts'
import type { Texts } from '../texts.ts'

const hour = 3_600_000

/** A partner whose API key its Hub does not take. */
export interface RefusedKey {
  /** Our id. */
  partner: string
  /** What the Hub answered, without secrets. */
  problem: { answered: string; words?: string }
}

/**
 * Tells the desk in `tellIn`, a channel of Slack, whose API key does not work: once an hour at most for each partner,
 * however often and by whoever it is found out.
 */
export async function tellRefusedKey(db: Database, { partner, problem }: RefusedKey, now: number, tellIn: string) {
  const said = [problem.answered, problem.words].filter((part) => part !== undefined).join(': ')
  const body: Carried = { type: 'key-refused', partner, words: said.slice(0, 500) }
  const nth = Math.floor(now / hour)
  const keyOf = (hours: number) => `key-refused:${partner}:${hours}`
  await db.run(
    `insert into deliveries (key, surface, room, body, created_at, due_at)
     select $1, 'slack', $2, $3, $4, $4
     where not exists (select from deliveries where key = $5 and created_at > $6)
     on conflict (key) do nothing`,
    [keyOf(nth), tellIn, JSON.stringify(body), new Date(now), keyOf(nth - 1), new Date(now - hour)],
  )
}

/** Whose key it is, and where the new one has to be put. Pure. */
export function keyRefusedCard(
  body: Extract<Carried, { type: 'key-refused' }>,
  { partners }: Pick<DeskConfig, 'partners'>,
  texts: Texts,
): Card {
  const partner = partners.find(({ id }) => id === body.partner)
  return {
    title: texts.t('notice-rooms.key-refused.title', { partner: partner?.name ?? body.partner }),
    state: { text: texts.t('notice-rooms.broken.state'), tone: 'attention' },
    text: [body.words, texts.t('notice-rooms.key-refused.text', { variable: partner?.hub.key ?? '' })],
  }
}
