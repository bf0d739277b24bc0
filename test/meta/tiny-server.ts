import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void

export interface TinyServer {
  url: string
  /** What was asked so far, as `GET /path?query`. */
  asked: string[]
  bodies: string[]
  headers: IncomingMessage['headers'][]
}

/** A web server that answers every request with `answer`, and goes when the test ends. */
export async function tinyServer(answer: Answer): Promise<TinyServer> {
  const asked: string[] = []
  const bodies: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`)
      bodies.push(body)
      headers.push(request.headers)
      answer(response, request, asked.length)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, bodies, headers }
}

export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
