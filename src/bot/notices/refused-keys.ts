import type { RefusedKey } from '../../cases/refused-key.ts'
import type { DeskConfig } from '../../config.ts'
import type { Carried } from '../../notify/carried.ts'
import type { Database } from '../../store/db.ts'
import type { Card } from '../card.ts'
import type { Texts } from '../texts.ts'

const hour = 3_600_000

/** Tells the desk in `tellIn`, a channel of Slack, whose API key does not work: once per partner and hour. */
export async function tellRefusedKey(db: Database, { partner, problem }: RefusedKey, now: number, tellIn: string) {
  const said = [problem.answered, problem.words].filter((part) => part !== undefined).join(': ')
  const body: Carried = { type: 'key-refused', partner, words: said.slice(0, 500) }
  await db.run(
    `insert into deliveries (key, surface, room, body, created_at, due_at) values ($1, 'slack', $2, $3, $4, $4)
     on conflict (key) do nothing`,
    [`key-refused:${partner}:${Math.floor(now / hour)}`, tellIn, JSON.stringify(body), new Date(now)],
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
