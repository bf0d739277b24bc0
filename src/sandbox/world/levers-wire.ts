import { z } from 'zod'
import { faultSchema } from '../faults.ts'
import { type LeverKit, type Levers, lever } from './lever.ts'

/** What happens on the way between the platforms and the bot: faults, lost and doubled webhooks, rate limits. */
export function wireLevers({ ground, world }: LeverKit, limits: (change: { rate?: boolean }) => void): Levers {
  const event = z.strictObject({ system: z.enum(['meta', 'hub']), payload: z.json() })
  return {
    fault: lever(faultSchema, (fault) => {
      ground.faults.add(fault)
      const often = fault.times === undefined ? 'until it is cleared' : `${fault.times} times`
      return `Fault ${fault.kind} on ${fault.system} ${fault.path || '(every path)'}, ${often}.`
    }),
    faults: lever(z.array(faultSchema), (faults) => {
      ground.faults.clear()
      for (const fault of faults) ground.faults.add(fault)
      return faults.length ? `${faults.length} faults are on.` : 'All faults are off.'
    }),
    webhooks: lever(z.boolean(), (sent) => {
      world.webhooks.turn({ lost: !sent })
      return sent ? 'Webhooks are sent.' : 'All webhooks get lost.'
    }),
    duplicate: lever(z.boolean(), (twice) => {
      world.webhooks.turn({ twice })
      return twice ? 'Each webhook is sent twice.' : 'Each webhook is sent once.'
    }),
    limits: lever(z.strictObject({ rate: z.boolean() }), ({ rate }) => {
      world.switches.set('rate', rate)
      limits({ rate })
      return rate ? 'Rate limits are kept.' : 'Rate limits are off.'
    }),
    event: lever(event, ({ system, payload }) => {
      world.webhooks.raw(system, payload)
      return `Sent a webhook of ${system === 'meta' ? 'Meta' : 'the Hub'}.`
    }),
  }
}
