import { Hono } from 'hono'
import type { World } from './world.ts'

/** The switch of a client's web site: set means down. */
export const siteDown = (client: string) => `site-down:${client}`

/**
 * The web sites of the clients, for the check that a site is live: `GET /<client id>`. One that is down answers 503.
 * Mounted at `/site`, where `webpage_url` of every client points.
 */
export function clientSites(world: World): { routes: Hono } {
  const routes = new Hono()
  routes.get('/:client', (c) => {
    const client = world.clients.get(c.req.param('client'))
    if (!client) return c.text('There is no such site.', 404)
    if (world.switches.get(siteDown(client.id))) return c.text('The site is down.', 503)
    return c.html(`<!doctype html><title>${plain(client.name)}</title><h1>${plain(client.organisation)}</h1>`)
  })
  return { routes }
}

const plain = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
