import type { MiddlewareHandler } from 'hono'

/** The names under which the sandbox may be called: anything else is another site that resolves to this machine. */
export function ownHosts(url: string): string[] {
  const { port } = new URL(url)
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/**
 * Keeps other web sites out: a foreign `Host` (DNS rebinding) is refused everywhere, and so is a request of a foreign
 * `Origin` that would change something through the control API.
 */
export function guard(url: () => string): MiddlewareHandler {
  return async (c, next) => {
    const hosts = ownHosts(url())
    if (!hosts.includes(c.req.header('host') ?? '')) {
      return c.json({ error: `The sandbox answers on ${hosts.join(' and ')} only.` }, 403)
    }
    const origin = c.req.header('origin')
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    const foreign = origin !== undefined && !hosts.some((host) => origin === `http://${host}`)
    if (foreign && !reads && c.req.path.startsWith('/api/')) {
      return c.json({ error: 'The control API takes requests of its own page only.' }, 403)
    }
    return next()
  }
}
