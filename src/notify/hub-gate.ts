import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import type { Env } from '../config.ts'

type GateEnv = Pick<Env, 'HUB_WEBHOOK_SECRET' | 'HUB_WEBHOOK_HEADER' | 'HUB_WEBHOOK_ADDRESSES'>

/** Tells why a request may not come in by the Hub's address, and nothing when it may. */
export type HubGate = (
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  secret: string,
) => 'not-found' | 'wrong-header' | 'wrong-address' | undefined

/**
 * What stands in for the signature that the Hub does not give: an address that nobody guesses, and where the set-up says
 * so a header and a list of addresses. Only the address of the connection counts: `X-Forwarded-For` is what anybody writes.
 */
export function hubGate({
  HUB_WEBHOOK_SECRET: secrets = [],
  HUB_WEBHOOK_HEADER: header,
  HUB_WEBHOOK_ADDRESSES: addresses,
}: GateEnv): HubGate {
  const networks = addresses?.map(networkOf)
  return (request, encoded) => {
    const given = decoded(encoded)
    if (!secrets.map((secret) => isSecret(given, secret)).includes(true)) return 'not-found'
    if (header && !isSecret(String(request.headers[header.name] ?? ''), header.value)) return 'wrong-header'
    return networks && !isWithin(request.socket.remoteAddress ?? '', networks) ? 'wrong-address' : undefined
  }
}

/** Compares in a time that does not tell how much of it is right. */
export function isSecret(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

type Network = ReturnType<typeof ipaddr.parseCIDR>

/** Of one address, or of many: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. */
function networkOf(text: string): Network {
  return text.includes('/') ? ipaddr.parseCIDR(text) : ipaddr.parseCIDR(`${text}/${text.includes(':') ? 128 : 32}`)
}

function isWithin(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false
  // An IPv4 address in the clothes of IPv6 is what a socket for both shows.
  const from = ipaddr.process(address)
  return networks.some((network) => from.kind() === network[0].kind() && from.match(network))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
