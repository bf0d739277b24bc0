import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { AxiosError } from 'axios'

/** What came back over the wire, or that nothing useful did; `again` when asking once more may help. */
export type Answer =
  | { came: true; status: number; headers: Record<string, string>; text: string }
  | { came: false; answered: string; sent: boolean; again: boolean; timedOut?: boolean }

export interface Sending {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  params?: Record<string, string | number | undefined>
  body?: unknown
  headers: Record<string, string>
  /** For calls that are known to take longer than the rest. */
  timeoutMs?: number
}

const mostBytes = 1024 * 1024
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** One attempt over the network: keep-alive, no redirects, at most 1 MB of answer, a hard limit on the whole time. */
export function transport(options: { baseUrl: string; timeoutMs: number }): (sending: Sending) => Promise<Answer> {
  const { baseUrl, timeoutMs } = options
  const client = axios.create({
    baseURL: baseUrl.replace(/\/+$/, ''),
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 16 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 16 }),
    maxRedirects: 0,
    maxContentLength: mostBytes,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    paramsSerializer: { encode: encodeURIComponent },
    // A proxy from the environment serves the real platforms, never a platform on this machine.
    ...(isLoopback(baseUrl) ? { proxy: false as const } : {}),
  })
  return async ({ method, path, params, body, headers, timeoutMs: own }) => {
    const limitMs = own ?? timeoutMs
    try {
      const response = await client.request<unknown>({
        method,
        url: path,
        ...(params === undefined ? {} : { params }),
        ...(body === undefined ? {} : { data: body }),
        headers: { accept: 'application/json', ...headers },
        // Axios' own timeout starts anew with every byte; this one does not.
        signal: AbortSignal.timeout(limitMs),
      })
      const text = typeof response.data === 'string' ? response.data : ''
      return { came: true, status: response.status, headers: plain(response.headers), text }
    } catch (error) {
      return noAnswer(error, limitMs)
    }
  }
}

function noAnswer(error: unknown, timeoutMs: number): Answer {
  if (!(error instanceof AxiosError)) {
    return { came: false, answered: 'the request could not be made', sent: false, again: false }
  }
  const code = error.code ?? 'unknown'
  if (code === 'ERR_CANCELED' || code === 'ETIMEDOUT' || code === 'ECONNABORTED') {
    return { came: false, answered: `no answer within ${timeoutMs / 1000} s`, sent: true, again: false, timedOut: true }
  }
  if (error.message.includes('maxContentLength')) {
    return { came: false, answered: 'an answer of more than 1 MB', sent: true, again: false }
  }
  if (neverConnected.has(code)) return { came: false, answered: `no connection (${code})`, sent: false, again: true }
  return { came: false, answered: `the connection was cut (${code})`, sent: true, again: true }
}

function plain(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
