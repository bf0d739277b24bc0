import type { LookupAddress } from 'node:dns'
import { type ClientRequest, type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { hostOf } from './website-url.ts'

/** What one request to a website came to. */
export type Visited =
  | { came: true; status: number; location: string | undefined; html: string | undefined }
  | { came: false; why: 'refused' | 'timeout' | 'tls' | 'http-error'; words: string }

export interface Visit {
  url: URL
  /** Where the name leads, checked before. No other address is connected to, whatever a resolver says by then. */
  addresses: readonly LookupAddress[]
  /** Ends the visit as `timeout`. */
  signal: AbortSignal
  /** The rest of a longer body is not read. */
  maxBytes: number
}

const headers = {
  'user-agent': 'Portdesk website check',
  accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1',
  'accept-encoding': 'identity',
}

/** One GET without cookies, credentials, proxy, redirects or a connection that stays open. Never throws. */
export async function visitWebsite({ url, addresses, signal, maxBytes }: Visit): Promise<Visited> {
  let phase: Phase = 'connecting'
  try {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)({
      protocol: url.protocol,
      host: hostOf(url),
      port: url.port,
      path: url.pathname + url.search,
      headers: { host: url.host, ...headers },
      lookup: always(addresses),
      agent: false,
      signal,
      // Said outright: an environment variable can switch it off for a whole process.
      rejectUnauthorized: true,
    })
    watch(request, url.protocol === 'https:', (reached) => {
      phase = reached
    })
    const response = await answerTo(request)
    return await read(response, maxBytes).finally(() => request.destroy())
  } catch (error) {
    if (signal.aborted) return { came: false, why: 'timeout', words: 'it did not answer in time' }
    return failed(phase, codeOf(error))
  }
}

type Phase = 'connecting' | 'securing' | 'answering'

function watch(request: ClientRequest, secure: boolean, reached: (phase: Phase) => void): void {
  request.once('socket', (socket) => {
    socket.once('connect', () => reached(secure ? 'securing' : 'answering'))
    socket.once('secureConnect', () => reached('answering'))
  })
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve)
    // Kept for good: a connection may break once more after the answer.
    request.on('error', reject)
    request.once('close', () => reject(new Error('closed without an answer')))
    request.end()
  })
}

async function read(response: IncomingMessage, maxBytes: number): Promise<Visited> {
  const { statusCode: status = 0, headers } = response
  const { location } = headers
  const isPage = status >= 200 && status < 300
  const body = isPage ? await firstBytes(response, maxBytes) : Buffer.alloc(0)
  const html = isPage && isHtml(headers) ? decode(body, headers['content-type']) : undefined
  return { came: true, status, location, html }
}

/** The beginning of the body. A body that breaks off or stalls counts with what came of it, when anything came. */
async function firstBytes(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let left = maxBytes
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left))
      left -= chunk.length
      if (left <= 0) break
    }
  } catch (error) {
    if (chunks.length === 0) throw error
  }
  return Buffer.concat(chunks)
}

/** What was packed although we did not ask for it stays packed: it may unpack to anything. */
function isHtml(headers: IncomingMessage['headers']): boolean {
  const packed = (headers['content-encoding'] ?? 'identity') !== 'identity'
  return !packed && /^(text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? '')
}

function decode(body: Buffer, contentType = ''): string {
  const charset = /charset="?([\w-]{1,30})/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return body.toString()
  }
}

/** A resolver that knows one answer. */
function always(addresses: readonly LookupAddress[]): LookupFunction {
  return (_, options, done) => {
    const [first] = addresses
    if (!first) done(new Error('no address'), '')
    else if (options.all) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
}

function failed(phase: Phase, code: string): Visited {
  if (phase === 'connecting') return { came: false, why: 'refused', words: `no connection (${code})` }
  if (phase === 'securing') return { came: false, why: 'tls', words: `no secure connection (${code})` }
  return { came: false, why: 'http-error', words: `no readable answer (${code})` }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'closed'
