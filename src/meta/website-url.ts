import { isIP } from 'node:net'

/** Why an address is not visited at all. */
export interface Unfit {
  why: 'not-a-url' | 'not-allowed'
  words: string
}

/** Names that never lead to the public internet (RFC 6761, 6762, 8375, 9476 and what networks call themselves). */
const insideNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|invalid|home\.arpa)$/

const longest = 2048

/**
 * Reads what a person or a redirect gives as a website; without a scheme it is taken for https. `from` is the page that
 * sends us on. `allow` lists `host:port` that may be visited although they are not public.
 */
export function readWebsite(text: string, allow: readonly string[], from?: URL): URL | Unfit {
  const given = text.trim()
  if (given === '' || given.length > longest || /[\s\p{Cc}\\]/u.test(given)) return notUrl
  const hasScheme = from !== undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(given)
  const url = URL.parse(hasScheme ? given : `https://${given}`, from?.href)
  if (!url) return notUrl
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return notAllowed('only http and https are visited')
  if (url.username || url.password) return notAllowed('a website needs no user name and no password')
  url.hash = ''
  if (isAllowed(url, allow)) return url
  if (!isUsualPort(url)) return notAllowed('only the ports 80 and 443 are visited')
  const host = hostOf(url)
  const plain = given.includes(host) || host === from?.hostname
  if (isIP(host) === 4 && !plain) return notAllowed('the address is written in a way that hides it')
  if (isIP(host) === 0 && isInside(host)) return notAllowed('the name is not one of the public internet')
  return url
}

/** Whether this `host:port` may be visited although it is not public. */
export function isAllowed(url: URL, allow: readonly string[]): boolean {
  return allow.includes(`${url.hostname}:${url.port || usualPort(url)}`)
}

/** The host without the brackets that IPv6 wears in URLs. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const usualPort = ({ protocol }: URL) => (protocol === 'https:' ? '443' : '80')
const isUsualPort = ({ port }: URL) => port === '' || port === '80' || port === '443'
/** A name with no dot, or with one at its end, is looked for in the own network first. */
const isInside = (host: string) => !host.includes('.') || host.endsWith('.') || insideNames.test(host)

const notUrl: Unfit = { why: 'not-a-url', words: 'this is no web address' }
const notAllowed = (words: string): Unfit => ({ why: 'not-allowed', words })
