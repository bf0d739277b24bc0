import { z } from 'zod'
import { faultSchema } from '../faults.ts'
import { type LeverKit, type Levers, lever } from './lever.ts'

/** What happens on the way between the platforms and the bot: faults, lost and doubled webhooks, rate limits. */
export function wireLevers({ ground, world, waba }: LeverKit, limits: (change: { rate?: boolean }) => void): Levers {
  const event = z.strictObject({ system: z.enum(['meta', 'hub']), payload: z.json() })
  const usage = z.strictObject({
    waba: waba.optional(),
    percent: z.number().min(0).max(100),
    minutes: z.number().positive().default(60),
  })
  const graphError = z.strictObject({
    path: z.string().default(''),
    code: z.int(),
    subcode: z.int().optional(),
    message: z.string().default('An error that a person ordered'),
    status: z.union([z.literal(400), z.literal(403), z.literal(404), z.literal(500), z.literal(503)]).default(400),
    times: z.int().positive().default(1),
  })
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
    shuffle: lever(z.boolean(), (shuffled) => {
      world.webhooks.turn({ shuffled })
      return shuffled
        ? 'Webhooks are held back, and sent three at a time, youngest first.'
        : 'Webhooks keep their order.'
    }),
    usage: lever(usage, ({ waba = 'app', percent, minutes }) => {
      world.usage.set(waba, { id: waba, percent, until: ground.clock.now() + minutes * 60_000 })
      return `The Graph's limit of ${waba === 'app' ? 'the app' : waba} is used by ${percent} % for ${minutes} minutes.`
    }),
    graph_error: lever(graphError, ({ path, code, subcode, message, status, times }) => {
      const error = { code, status, message: `(#${code}) ${message}`, ...(subcode !== undefined && { subcode }) }
      world.graphErrors.add({ path, times, error })
      return `The Graph answers ${code} on ${path || 'every path'}, ${times} times.`
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
