import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The page loads nothing from elsewhere and runs no inline script, whatever a message contains. */
const policy =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The sandbox's web page, read from disk at each request. */
export function pageFiles(): Hono {
  const app = new Hono()
  app.get('/:file{[a-z0-9-]+\\.(?:html|css|js|svg)}', (c) => answer(c.req.param('file')))
  app.get('/', () => answer('index.html'))
  return app
}

async function answer(name: string): Promise<Response> {
  const body = await readFile(new URL(`./page/${name}`, import.meta.url), 'utf8').catch(() => undefined)
  if (body === undefined) return Response.json({ error: `The page has no file ${name}.` }, { status: 404 })
  return new Response(body, {
    headers: {
      'content-type': types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
  })
}
