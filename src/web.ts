import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Config } from './config.ts'
import type { WebhookDoor } from './notify/door.ts'
import type { Database } from './store/db.ts'

export function webOf(parts: { slack: Hono; telegram: Hono; ready: () => Promise<Record<string, boolean>> }): Hono {
  const web = new Hono()
  web.route('/slack', parts.slack)
  web.route('/telegram', parts.telegram)
  web.get('/healthz', async (context) => {
    const state = await parts.ready()
    return context.json(state, Object.values(state).every(Boolean) ? 200 : 503)
  })
  return web
}

/** Whether the database answers. */
export async function answers(db: Database): Promise<boolean> {
  return db.run('select 1').then(
    () => true,
    () => false,
  )
}

export function listen(door: WebhookDoor, web: Hono, { PORT, HOST }: Config['env']): Promise<Server> {
  const toWeb = getRequestListener(web.fetch, { overrideGlobalObjects: false })
  const http = createServer((request, response) => {
    if (!door(request, response)) void toWeb(request, response)
  })
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${PORT} is taken. Set PORT to another port.`
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error)
    })
    http.listen(PORT, HOST, () => resolve(http))
  })
}

export function closeServer(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve())
    http.closeIdleConnections()
    setTimeout(() => http.closeAllConnections(), 3000).unref()
  })
}
