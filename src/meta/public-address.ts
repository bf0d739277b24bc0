import ipaddr from 'ipaddr.js'

/** The part of IPv6 that is given out to the public (IANA, RFC 4291); what lies outside of it is never a website. */
const givenOut = ipaddr.IPv6.parseCIDR('2000::/3')

/** Inside services of clouds that sit on addresses which look public: Azure's host agent. */
const insideOfClouds = new Set(['168.63.129.16'])

/**
 * Whether an address, as a resolver answers it, is one of the public internet. Private, loopback, link-local, shared,
 * multicast, documentation and all other special addresses are not, nor is IPv6 that carries an IPv4 address inside
 * (mapped, compatible, 6to4, NAT64, Teredo): where that leads is decided elsewhere. What is no plain address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return ipaddr.IPv4.parse(address).range() === 'unicast' && !insideOfClouds.has(address)
  }
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return false
  const six = ipaddr.IPv6.parse(address)
  return six.range() === 'unicast' && six.match(givenOut)
}
