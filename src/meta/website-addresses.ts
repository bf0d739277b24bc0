import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'
import { hostOf, isAllowed } from './website-url.ts'

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

export interface AddressesOptions {
  resolve: Resolve
  /** `host:port` whose addresses need not be public. */
  allow: readonly string[]
  signal: AbortSignal
}

/**
 * The addresses a URL leads to, asked for once, or why none of them may be connected to: one that is not public spoils
 * them all.
 */
export async function addressesOf(
  url: URL,
  { resolve, allow, signal }: AddressesOptions,
): Promise<readonly LookupAddress[] | 'dns' | 'not-allowed' | 'timeout'> {
  const host = hostOf(url)
  const family = isIP(host)
  const found = family ? [{ address: host, family }] : await inTime(resolve(host), signal)
  if (signal.aborted) return 'timeout'
  if (!found?.length) return 'dns'
  return isAllowed(url, allow) || found.every(({ address }) => isPublicAddress(address)) ? found : 'not-allowed'
}

/** The answer of a resolver, which nobody can hurry; `undefined` when there is none by then. */
async function inTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const over = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  return Promise.race([answer.catch(() => undefined), over])
}
