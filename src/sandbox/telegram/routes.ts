import { setTimeout as wait } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Ground } from '../ground.ts'
import { ApiError } from './error.ts'
import { faultError, gatewayPage, hangUp } from './fault.ts'
import type { Files } from './files.ts'
import { readParams, withoutFiles } from './request.ts'

interface RoutesOptions {
  ground: Ground
  files: Files
  /** Runs a method. @throws ApiError as the Bot API words it. */
  run(method: string, params: Record<string, unknown>, gone: AbortSignal): Promise<unknown>
}

interface Answer {
  status: number
  body: unknown
}

/** The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function botRoutes({ ground, files, run }: RoutesOptions): Hono {
  const routes = new Hono()
  const rightToken = (c: Context) => c.req.param('bot') === `bot${ground.secrets.telegramToken}`
  const unauthorized = new ApiError(401, 'Unauthorized')

  const answerTo = async (c: Context, params: Record<string, unknown>): Promise<Answer> => {
    try {
      if (!rightToken(c)) throw unauthorized
      const result = await run(c.req.param('method') ?? '', params, c.req.raw.signal)
      return { status: 200, body: { ok: true, result } }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return { status: error.code, body: error.body() }
    }
  }

  routes.all('/:bot{bot[^/]+}/:method', async (c) => {
    const params = await readParams(c)
    const path = maskedPath(c)
    const log = ({ status }: { status: number }) => {
      const at = new Date(ground.clock.now()).toISOString()
      const body = withoutFiles(params)
      ground.calls.add({ at, system: 'telegram', method: c.req.method, path, body, status })
    }
    const fault = ground.faults.take('telegram', path)
    if (fault?.kind === 'delay') await wait(fault.ms)
    if (fault?.kind === 'cut') {
      log({ status: 0 })
      hangUp(c)
      return c.body(null)
    }
    if (fault?.kind === 'html') {
      log({ status: 502 })
      return c.html(gatewayPage, 502)
    }
    const refused = fault && faultError(fault)
    const worked = refused ? { status: refused.code, body: refused.body() } : await answerTo(c, params)
    const lost = fault?.kind === 'done-but-500' ? new ApiError(500, 'Internal Server Error') : undefined
    const answer = lost ? { status: lost.code, body: lost.body() } : worked
    log(answer)
    const retry = answer.body instanceof Object && 'parameters' in answer.body ? answer.body.parameters : undefined
    if (retry instanceof Object && 'retry_after' in retry) c.header('retry-after', String(retry.retry_after))
    return c.json(answer.body, answer.status as ContentfulStatusCode)
  })

  routes.get('/file/:bot{bot[^/]+}/documents/:id', (c) => {
    if (!rightToken(c)) return c.json(unauthorized.body(), 401)
    const id = c.req.param('id')
    const file = files.find(id)
    if (!file) return c.json(new ApiError(404, 'Not Found').body(), 404)
    return c.body(files.content(id), 200, { 'content-type': file.mime })
  })

  return routes
}

/** Path and query as they are kept, without the token. */
function maskedPath(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return `${pathname.replace(/\/bot[^/]+\//, '/bot***/')}${search}`
}
