import type { Context } from 'hono'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { isServed } from '../world/migration-checks.ts'
import type { World } from '../world/world.ts'
import { appLimit, tooManyCalls, usageHeader } from './answers.ts'

const hour = 3_600_000

/** Calls of one hour on a WABA: more when it has a number in use (meta.md 6.3). */
const perHour = { quiet: 200, active: 5000 }

/** Counts the calls on each WABA, says how much of the limit is used, and refuses what is over it. */
export function usageMeter(ground: Ground, world: World) {
  const hits = new Map<string, number[]>()
  return (c: Context<Bindings>, id: string): Response | undefined => {
    if (world.switches.get('rate') === false) {
      usageHeader(c, id)
      return undefined
    }
    const now = ground.clock.now()
    const forced = [id, 'app'].flatMap((one) => world.usage.get(one) ?? []).find(({ until }) => now < until)
    if (forced && forced.percent >= 100) {
      return forced.id === 'app' ? appLimit(c) : tooManyCalls(c, id, Math.ceil((forced.until - now) / 60_000))
    }
    const recent = (hits.get(id) ?? []).filter((at) => at > now - hour)
    const busy = world.numbers.values().some((one) => one.waba_id === id && isServed(one))
    const most = busy ? perHour.active : perHour.quiet
    if (recent.length >= most) {
      return tooManyCalls(c, id, Math.ceil(((recent[0] ?? now) + hour - now) / 60_000))
    }
    hits.set(id, [...recent, now])
    const percent = forced?.percent ?? Math.ceil((100 * (recent.length + 1)) / most)
    usageHeader(c, id, { percent })
    return undefined
  }
}
