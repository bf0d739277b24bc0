import { Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { type Levers, leverKit } from './lever.ts'
import { numberLever } from './lever-number.ts'
import { accountLevers } from './levers-account.ts'
import { clientLevers } from './levers-client.ts'
import { hubLevers } from './levers-hub.ts'
import { metaLevers } from './levers-meta.ts'
import { migrationLevers } from './levers-migration.ts'
import { sharingLevers } from './levers-sharing.ts'
import { templateLevers } from './levers-template.ts'
import { wireLevers } from './levers-wire.ts'
import type { World } from './world.ts'

export interface LeverExtras {
  /** Passes the switch for rate limits on to the other fake platforms. */
  limits(change: { rate?: boolean }): void
}

/** `POST /world`: moves the little world. Everything is checked first, then done in the order of the keys. */
export function levers(ground: Ground, world: World, extra: LeverExtras): { routes: Hono } {
  const kit = leverKit(ground, world)
  const all: Levers = {
    ...metaLevers(kit),
    ...hubLevers(kit),
    ...numberLever(kit),
    ...migrationLevers(kit),
    ...sharingLevers(kit),
    ...accountLevers(kit),
    ...clientLevers(kit),
    ...templateLevers(kit),
    ...wireLevers(kit, (change) => extra.limits(change)),
  }
  const schemas = Object.entries(all).map(([name, { schema }]) => [name, schema.optional()] as const)
  const body = z.strictObject(Object.fromEntries(schemas))
  const routes = new Hono()
  routes.post('/world', async (c) => {
    const raw: unknown = await c.req.json().catch(() => undefined)
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || Object.keys(raw).length === 0) {
      return c.json({ error: `Send one JSON object with at least one lever: ${Object.keys(all).join(', ')}.` }, 400)
    }
    const given = body.safeParse(raw)
    if (!given.success) return c.json({ error: sentence(given.error, all) }, 400)
    const done = Object.keys(raw).flatMap((name) => all[name]?.pull(given.data[name]) ?? [])
    ground.changed()
    return c.json({ ok: true, done })
  })
  return { routes }
}

function sentence(error: z.ZodError, all: Levers): string {
  const parts = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
      return `no lever ${issue.keys.join(', ')}; there are ${Object.keys(all).join(', ')}`
    }
    return [issue.path.join('.'), issue.message].filter(Boolean).join(': ')
  })
  return `${parts.join('; ')}.`
}
