import { createHmac, randomUUID } from 'node:crypto'
import type { Ground } from '../ground.ts'
import { hubWebhookSecret } from './hub-webhook-secret.ts'
import type { PartnerRow } from './rows.ts'
import { asciiJson } from './wire.ts'

type Sender = 'meta' | 'hub'

/** One webhook that the bot has not accepted (yet). Accepted ones leave the table. */
export interface WebhookRow {
  id: string
  to: Sender
  body: string
  /** Another door than the bot's own. */
  url?: string
  tries: number
  state: 'held' | 'waiting' | 'given-up'
  /** What the last try met. */
  last?: string
}

export interface Webhooks {
  /** A change of a WABA in Meta's envelope (meta.md 5.2), signed. `entry` is the WABA id. */
  meta(entry: string, field: string, value: Record<string, unknown>): void
  /** A partner event of the Hub (360dialog.md 4), to the webhook URL of that partner. */
  hub(event: string, data: Record<string, unknown>, partner?: string): void
  /** Any payload, as given. */
  raw(to: Sender, payload: unknown): void
  /** `lost`: nothing is sent any more. `twice`: everything is sent twice. `shuffled`: three at a time, youngest first. */
  turn(change: { lost?: boolean; twice?: boolean; shuffled?: boolean }): void
  /** Resolves when no try is under way; tries that wait for their time do not count. */
  idle(): Promise<void>
}

const pausesMs = [200, 1000, 5000]
/** While webhooks are shuffled: how many are held back, and for how long at most. */
const heldBack = 3
const heldMs = 500

/** Sends webhooks to the bot, one after another per platform, and tries again after 200 ms, 1 s and 5 s. */
export function webhooks(ground: Ground): Webhooks {
  const rows = ground.journal.table<WebhookRow>('webhooks')
  const switches = ground.journal.table<boolean>('world.switches')
  const lines: Record<Sender, Promise<void>> = { meta: Promise.resolve(), hub: Promise.resolve() }

  const attempt = async (id: string): Promise<void> => {
    const row = rows.get(id)
    if (row?.state !== 'waiting') return
    const last = await post(ground, row)
    if (last === undefined) {
      rows.delete(id)
      return
    }
    const pause = pausesMs[row.tries]
    rows.set(id, { ...row, tries: row.tries + 1, last, state: pause === undefined ? 'given-up' : 'waiting' })
    if (pause !== undefined) setTimeout(() => queue(row), pause).unref()
  }
  const queue = (row: WebhookRow) => {
    // A journal that cannot be written (the disk is full, the folder is gone) must not stop the line or the process.
    lines[row.to] = lines[row.to].then(() => attempt(row.id)).catch(() => undefined)
  }
  let release: NodeJS.Timeout | undefined
  const letGo = () => {
    clearTimeout(release)
    const held = rows.values().filter(({ state }) => state === 'held')
    for (const row of held.reverse()) {
      rows.set(row.id, { ...row, state: 'waiting' })
      queue(row)
    }
  }
  const hold = () => {
    clearTimeout(release)
    if (rows.values().filter(({ state }) => state === 'held').length >= heldBack) return letGo()
    release = setTimeout(letGo, heldMs)
    release.unref()
  }
  const raw = (to: Sender, payload: unknown, url?: string) => {
    if (switches.get('lost')) return
    const state = switches.get('shuffled') ? 'held' : 'waiting'
    for (let copy = 0; copy < (switches.get('twice') ? 2 : 1); copy += 1) {
      const row: WebhookRow = { id: randomUUID(), to, body: asciiJson(payload), tries: 0, state, ...(url && { url }) }
      rows.set(row.id, row)
      if (state === 'waiting') queue(row)
      else hold()
    }
  }
  for (const row of rows.values()) if (row.state === 'waiting') queue(row)
  letGo()
  const partners = ground.journal.table<PartnerRow>('world.partners')
  return {
    raw: (to, payload) => raw(to, payload),
    meta: (entry, field, value) =>
      raw('meta', {
        object: 'whatsapp_business_account',
        entry: [{ id: entry, time: Math.floor(ground.clock.now() / 1000), changes: [{ field, value }] }],
      }),
    hub(event, data, partner) {
      raw('hub', { id: `evt-${randomUUID()}`, event, data }, partners.get(partner ?? '')?.webhook_url)
    },
    turn({ lost, twice, shuffled }) {
      if (lost !== undefined) switches.set('lost', lost)
      if (twice !== undefined) switches.set('twice', twice)
      if (shuffled !== undefined) switches.set('shuffled', shuffled)
      if (shuffled === false) letGo()
    },
    idle: async () => void (await Promise.all([lines.meta, lines.hub])),
  }
}

/** `undefined` when the bot accepted it, otherwise what went wrong. */
async function post(ground: Ground, row: WebhookRow): Promise<string | undefined> {
  const door = row.to === 'meta' ? '/webhooks/meta' : `/webhooks/hub/${hubWebhookSecret(ground)}`
  const url = row.url ?? `${ground.botUrl}${door}`
  if (row.url && !isLoopback(row.url)) return `${new URL(url).host} is not on this machine`
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (row.to === 'meta') {
    const hex = createHmac('sha256', ground.secrets.metaAppSecret).update(row.body).digest('hex')
    headers['x-hub-signature-256'] = `sha256=${hex}`
  }
  try {
    const signal = AbortSignal.timeout(5000)
    const answer = await fetch(url, { method: 'POST', headers, body: row.body, signal })
    await answer.body?.cancel()
    return answer.ok ? undefined : `HTTP ${answer.status}`
  } catch (error) {
    return error instanceof Error ? error.message : 'no answer'
  }
}

/** The sandbox never calls anybody else. */
const isLoopback = (url: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
