import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { pageTitle } from './page-title.ts'
import { addressesOf, type Resolve } from './website-addresses.ts'
import { readWebsite } from './website-url.ts'
import { type Visited, visitWebsite } from './website-visit.ts'

/** Why a website could not be seen. */
export type WebsiteTrouble =
  | 'not-a-url'
  | 'not-allowed'
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'tls'
  | 'too-many-redirects'
  | 'http-error'

/** Whether a website is live, as somebody outside sees it. */
export type WebsiteFinding =
  | {
      reachable: true
      status: number
      finalUrl: string
      /** A stranger's text: whoever shows it has to escape it. */
      title?: string
      redirects: number
      /** It was seen over http only: what https came to. */
      withoutHttps?: HttpsTrouble
    }
  | { reachable: false; why: WebsiteTrouble; status?: number; words: string }

export type HttpsTrouble = 'refused' | 'timeout' | 'tls'

export interface WebsiteProbeOptions {
  /** `host:port` that may be visited although they are not public: the sandbox's own. */
  allow?: readonly string[]
  /** Real milliseconds for all of it: names, redirects and the page. */
  timeoutMs?: number
  /** As much of the page is read. */
  maxBytes?: number
  resolve?: Resolve
  visit?: typeof visitWebsite
  log?: Pick<Logger, 'debug'>
}

export interface WebsiteProbe {
  /** Never throws, and never connects to an address that is neither public nor allowed. */
  check(url: string): Promise<WebsiteFinding>
}

const mostRedirects = 5

/**
 * Answers "is this website live?" (procedures.md nm-c7) for addresses that strangers type. Each stop is judged by its
 * URL, its name is resolved once, every address it leads to must be public, and exactly those are connected to: neither
 * a redirect nor a name that changes its mind leads inside.
 */
export function websiteProbe({
  allow = [],
  timeoutMs = 5_000,
  maxBytes = 262_144,
  resolve = (host) => lookup(host, { all: true }),
  visit = visitWebsite,
  log,
}: WebsiteProbeOptions = {}): WebsiteProbe {
  async function follow(start: URL, signal: AbortSignal): Promise<WebsiteFinding> {
    let url = start
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const addresses = await addressesOf(url, { resolve, allow, signal })
      if (typeof addresses === 'string') return trouble(addresses, wayWords[addresses])
      const visited = await visit({ url, addresses, signal, maxBytes })
      log?.debug({ host: url.host, redirects, ...outline(visited) }, 'website visited')
      if (!visited.came) return trouble(visited.why, visited.words)
      if (!isRedirect(visited)) return judge(visited, url, redirects)
      const next = readWebsite(visited.location, allow, url)
      if ('why' in next) return trouble('not-allowed', `it sends visitors on to where we do not go: ${next.words}`)
      url = next
    }
    return trouble('too-many-redirects', `it sends visitors on more than ${mostRedirects} times`)
  }

  return {
    async check(text) {
      const url = readWebsite(text, allow)
      if ('why' in url) return { reachable: false, ...url }
      const signal = AbortSignal.timeout(timeoutMs)
      if (/^\s*https:/i.test(text)) return follow(url, signal)
      // A port that swallows everything must leave time for the other try.
      const first = await follow(as('https:', url), AbortSignal.any([signal, AbortSignal.timeout(timeoutMs / 2)]))
      if (first.reachable || !isHttpsTrouble(first.why)) return first
      const second = await follow(as('http:', url), signal)
      if (second.reachable) return { ...second, withoutHttps: first.why }
      return second.why === 'refused' ? first : second
    },
  }
}

type Page = Extract<Visited, { came: true }>

function judge({ status, html }: Page, url: URL, redirects: number): WebsiteFinding {
  if (status < 200 || status > 299) return { ...trouble('http-error', `it answers with ${status}`), status }
  const title = html === undefined ? undefined : pageTitle(html)
  return { reachable: true, status, finalUrl: url.href, ...(title !== undefined && { title }), redirects }
}

const isRedirect = (page: Page): page is Page & { location: string } =>
  [301, 302, 303, 307, 308].includes(page.status) && page.location !== undefined

const isHttpsTrouble = (why: WebsiteTrouble): why is HttpsTrouble =>
  why === 'refused' || why === 'timeout' || why === 'tls'

const wayWords = {
  dns: 'its name leads nowhere',
  timeout: 'it did not answer in time',
  // Says nothing of the address: who asks might be learning what an inside network looks like.
  'not-allowed': 'it is not on the public internet',
}

const trouble = (why: WebsiteTrouble, words: string) => ({ reachable: false as const, why, words })

function as(protocol: 'http:' | 'https:', url: URL): URL {
  const same = new URL(url)
  same.protocol = protocol
  return same
}

const outline = (visited: Visited) => (visited.came ? { status: visited.status } : { why: visited.why })
