import type { Sandbox } from '../../src/sandbox/index.ts'
import type { Database } from '../../src/store/db.ts'

/**
 * How long it is waited, ms of real time: in some stories a platform never answers, and what waits in the inbox for its
 * owner waits for the clock.
 */
const patience = { all: 15_000, inbox: 1000 }

/**
 * Resolves when the desk has done what it was at: what the fake world told it is handled, the cases whose time has come were
 * looked at, and every card and message that is owed has been tried. Stories move the clock and the world only then:
 * people there look before they act, and time passes slowly.
 */
export async function atRest(sandbox: Sandbox, db: Database): Promise<void> {
  const began = performance.now()
  const waited = () => performance.now() - began
  while (waited() < patience.all) {
    const { busy, inbox } = isTelling(sandbox) ? { busy: true, inbox: true } : await work(db, sandbox.clock.now())
    if (!busy && (!inbox || waited() > patience.inbox)) return
    await new Promise(setImmediate)
  }
}

/** Whether something is on its way to the desk for the first time. */
function isTelling({ ground: { journal } }: Sandbox): boolean {
  const rows = <R>(table: string) => journal.table<R>(table).values()
  return (
    rows<{ tries: number; state: string }>('webhooks').some(({ tries, state }) => tries === 0 && state === 'waiting') ||
    rows<{ failures: number }>('slack.events').some(({ failures }) => failures === 0) ||
    rows('telegram.updates').length > 0
  )
}

async function work(db: Database, now: number): Promise<{ busy: boolean; inbox: boolean }> {
  const [row] = await db.run(
    `select exists (select from cases where status = 'open' and wake_at <= $1)
       or exists (select from places where wanted > shown and state = 'live' and due_at <= now())
       or exists (select from deliveries where state = 'due' and notice_id is null and due_at <= now())
       or exists (select from pgboss.job where state = 'active' or (state in ('created', 'retry') and start_after <= now()))
       as busy,
       exists (select from arrivals) or exists (select from inbox where handled_at is null) as inbox`,
    [new Date(now)],
  )
  return { busy: row?.busy === true, inbox: row?.inbox === true }
}
