import { createHmac } from 'node:crypto'

/** What Meta tells of one number, with the word that its notice ends on. */
export interface Gust {
  phone: string
  /** Unix seconds. */
  time: number
  event: keyof typeof topics
  topic: string
  body: string
}

export interface Weather {
  /** Every post, duplicates among them, in the order in which they come in. */
  posts: Gust[]
  /** Different changes. */
  distinct: number
  /** The newest word on each number and topic. */
  last: Gust[]
}

const topics = { FLAGGED: 'quality', UNFLAGGED: 'quality', DOWNGRADE: 'limit', UPGRADE: 'limit' } as const
const events = Object.keys(topics) as (keyof typeof topics)[]

/** A storm over so many numbers: 30 % of its posts are duplicates, and none is in order. */
export function storm(options: { posts: number; numbers: number; from: number; random: () => number }): Weather {
  const { posts, numbers, from, random } = options
  const distinct = Math.round(posts * 0.7)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const fresh = Array.from({ length: distinct }, (_, n) => {
    const phone = phoneOf(n % numbers)
    return gust(phone, from + Math.floor(n / numbers), pick(events))
  })
  const doubled = Array.from({ length: posts - distinct }, () => pick(fresh))
  // In the order in which they happened, so the last one of a kind stays.
  const last = new Map(fresh.map((each) => [`${each.phone} ${each.topic}`, each]))
  return { posts: shuffled([...fresh, ...doubled], random), distinct, last: [...last.values()] }
}

/** The numbers of the storm, in digits. */
export const phoneOf = (n: number): string => `49302312${String(n).padStart(4, '0')}`

function gust(phone: string, time: number, event: Gust['event']): Gust {
  const value = { display_phone_number: phone, event, current_limit: 'TIER_1K' }
  const changes = [{ field: 'phone_number_quality_update', value }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: `7001${phone}`, time, changes }] })
  return { phone, time, event, topic: topics[event], body }
}

function shuffled<T>(values: T[], random: () => number): T[] {
  for (let n = values.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1))
    const [a, b] = [values[n] as T, values[other] as T]
    values[n] = b
    values[other] = a
  }
  return values
}

/** Numbers between 0 and 1 that are the same each time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** Posts it as Meta does: signed, and again until it is taken. */
export async function blow(url: string, { body }: Gust, secret: string): Promise<void> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${url}/webhooks/meta`, { method: 'POST', body, headers }).catch(() => undefined)
    if (answer?.status === 200) return
    if (tries > 3000) throw new Error(`A webhook was refused again and again: ${answer?.status}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
