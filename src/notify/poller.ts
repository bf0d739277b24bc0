import type { Logger } from 'pino'
import type { z } from 'zod'
import type { DeskConfig } from '../config.ts'
import type { PartnerChange } from '../meta/facts.ts'
import type { Hub } from '../meta/hub.ts'
import { exponentOf } from '../meta/money.ts'
import type { Rosters } from '../meta/roster.ts'
import type { Database } from '../store/db.ts'
import type { Clock } from '../time.ts'
import type { Inbox } from './inbox.ts'
import type { balanceTold, changeRequestTold } from './kinds/polls.ts'

const minute = 60_000
/** What 360dialog sends no webhook for (procedures.md 17.1, rows "poll"). Desk time, ms. */
const changesEvery = 10 * minute
const balancesEvery = 60 * minute
/** How often it is looked whether it is time, ms of real time. */
const lookEvery = 5000
const day = 24 * 60 * minute
/** Requests older than this were told long ago: the inbox remembers for eight days what it has seen. */
const newerThan = 7 * day

const balanceEvents = ['balance-used-up', 'balance-back'] as const

/** The same for a whole day (UTC): once a day is enough. */
const balanceKey = (event: (typeof balanceEvents)[number], client: string, at: number): string =>
  `poll:${event}:${client}:${new Date(at).toISOString().slice(0, 10)}`

export interface PollerOptions {
  db: Database
  hubs: Readonly<
    Record<string, { partnerChanges: Pick<Hub['partnerChanges'], 'list'>; clients: Pick<Hub['clients'], 'balance'> }>
  >
  rosters: Rosters
  config: DeskConfig
  inbox: Pick<Inbox, 'take'>
  clock: Clock
  log: Logger
}

/** Asks the Hub for what it does not tell by itself, and puts it into the inbox as if it had. */
export function openPoller({ db, hubs, rosters, config, inbox, clock, log }: PollerOptions) {
  const partnerIds = new Map(config.partners.map(({ id, hub }) => [id, hub.partner]))
  const doneAt = { changes: Number.NEGATIVE_INFINITY, balances: Number.NEGATIVE_INFINITY }
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let unlisten = () => {}
  let stopped = false

  /** What its client is called; the list of requests has ids only. */
  const clientOf = async ({ sourceClientId, sourcePartnerId, targetPartnerId }: PartnerChange) => {
    for (const [partner, id] of partnerIds) {
      if (id !== sourcePartnerId && id !== targetPartnerId) continue
      const { rows } = await rosters.of(partner)
      const row = rows.find(({ channel }) => channel.clientId === sourceClientId)
      if (row?.clientName !== undefined) return row.clientName
    }
    return undefined
  }

  const changes = async (partner: string) => {
    const since = clock.now() - newerThan
    for await (const request of hubs[partner]?.partnerChanges.list() ?? []) {
      if (request.createdAt !== undefined && Date.parse(request.createdAt) < since) continue
      const data: z.input<typeof changeRequestTold> = { ...request, clientName: await clientOf(request) }
      const body = JSON.stringify({ event: `change-request-${request.status ?? 'created'}`, data })
      await inbox.take([{ source: 'poll', key: `poll:change:${request.id}:${request.status}`, body }])
    }
  }

  /** Whether that was the last thing said of this client, as far back as the inbox remembers. */
  const wasUsedUp = async (client: string) => {
    const days = Array.from({ length: 8 }, (_, ago) => clock.now() - ago * day)
    const keys = days.flatMap((at) => balanceEvents.map((event) => balanceKey(event, client, at)))
    const [newest] = await db.run('select key from inbox where key = any($1) order by id desc limit 1', [keys])
    return String(newest?.key).startsWith('poll:balance-used-up:')
  }

  /** A client whose money is used up is told of once a day, and once when there is some again. */
  const balances = async (partner: string) => {
    const hub = hubs[partner]
    const { rows } = await rosters.of(partner)
    const clients = new Map(
      rows
        .filter(({ channel }) => channel.status !== 'cancelled')
        .map(({ channel, clientName }) => [channel.clientId, clientName]),
    )
    const balanceOf = async (client: string, clientName: string | undefined) => {
      const { balance } = (await hub?.clients.balance(client)) ?? {}
      if (balance === undefined) return
      const usedUp = balance.amountMinor <= 0
      if (!usedUp && !(await wasUsedUp(client))) return
      const event = usedUp ? 'balance-used-up' : 'balance-back'
      const data: z.input<typeof balanceTold> = {
        clientId: client,
        partnerId: partnerIds.get(partner),
        clientName,
        balance: balance.amountMinor / 10 ** exponentOf(balance.currency),
        currency: balance.currency,
      }
      const body = JSON.stringify({ event, data })
      await inbox.take([{ source: 'poll', key: balanceKey(event, client, clock.now()), body }])
    }
    const failures: unknown[] = []
    for (const [client, clientName] of clients) {
      if (stopped) return
      // One that cannot be read must not hide those behind it.
      await balanceOf(client, clientName).catch((error) => failures.push(error))
    }
    if (failures.length) throw failures[0]
  }

  const every = async (what: keyof typeof doneAt, pause: number, ask: (partner: string) => Promise<void>) => {
    if (clock.now() - doneAt[what] < pause) return
    doneAt[what] = clock.now()
    for (const partner of config.partners) {
      if (what === 'balances' && partner.payment !== 'direct') continue
      if (stopped) return
      await ask(partner.id).catch((error) =>
        log.warn({ err: error, partner: partner.id }, `the ${what} could not be polled`),
      )
    }
  }

  const look = () => {
    running ??= every('changes', changesEvery, changes)
      .then(() => every('balances', balancesEvery, balances))
      .finally(() => {
        running = undefined
      })
  }

  return {
    start() {
      timer = setInterval(look, lookEvery)
      unlisten = clock.onJump(look)
      look()
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      unlisten()
      await running
    },
  }
}
