import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from 'pino'
import type { Desk } from '../cases/desk.ts'
import type { Env } from '../config.ts'
import { type About, aboutHub, aboutMeta, isSignedByMeta } from '../meta/webhooks.ts'

export interface DoorOptions {
  env: Pick<Env, 'META_APP_SECRET' | 'META_VERIFY_TOKEN' | 'HUB_WEBHOOK_SECRET'>
  desk: Pick<Desk, 'news'>
  log: Logger
}

const maxSize = 3 * 1024 * 1024

/**
 * Where the platforms' webhooks come in: `POST /webhooks/meta` (signed) and `POST /webhooks/hub/:secret` (the Hub does
 * not sign, so the address is the secret); two secrets each hold during a rotation. A webhook is a hint that something
 * changed: the cases it is about read the platform again. 200 only once that is committed; anything else makes the
 * platform send it again.
 */
export function webhookDoor({ env, desk, log }: DoorOptions): Hono {
  const door = new Hono()
  door.use(bodyLimit({ maxSize, onError: (context) => context.text('too large', 413) }))

  door.get('/meta', (context) => {
    const query = (name: string) => context.req.query(`hub.${name}`) ?? ''
    const meant = query('mode') === 'subscribe' && env.META_VERIFY_TOKEN !== undefined
    return meant && isSecret(query('verify_token'), env.META_VERIFY_TOKEN ?? '')
      ? context.text(query('challenge'))
      : context.text('wrong verify token', 403)
  })

  const take = async (from: 'meta' | 'hub', about: About | undefined): Promise<200 | 400> => {
    if (!about) {
      log.warn({ from }, 'a webhook could not be read')
      return 400
    }
    await desk.news(about)
    return 200
  }

  door.post('/meta', async (context) => {
    const body = new Uint8Array(await context.req.arrayBuffer())
    if (!isSignedByMeta(body, context.req.header('x-hub-signature-256'), env.META_APP_SECRET ?? [])) {
      return context.text('not signed', 401)
    }
    return context.body(null, await take('meta', aboutMeta(readJson(body))))
  })

  door.post('/hub/:secret', async (context) => {
    const given = context.req.param('secret')
    const matches = (env.HUB_WEBHOOK_SECRET ?? []).map((secret) => isSecret(given, secret))
    if (!matches.includes(true)) return context.text('nothing here', 404)
    const body = new Uint8Array(await context.req.arrayBuffer())
    return context.body(null, await take('hub', aboutHub(readJson(body))))
  })

  door.onError((error, context) => {
    log.error({ err: error, path: context.req.routePath }, 'a webhook could not be taken')
    return context.text('try again', 503)
  })
  return door
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

function isSecret(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
