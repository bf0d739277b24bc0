import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../src/meta/public-address.ts'

/** The special-purpose registries of IANA, and multicast: written down once more, so that the library is checked too. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '255.255.255.255/32',
]
const special6 = [
  '0:0:0:0:0:0:0:0/128',
  '0:0:0:0:0:0:0:1/128',
  '0:0:0:0:0:0:0:0/96',
  '0:0:0:0:0:ffff:0:0/96',
  '0:0:0:0:ffff:0:0:0/96',
  '64:ff9b:0:0:0:0:0:0/96',
  '64:ff9b:1:0:0:0:0:0/48',
  '100:0:0:0:0:0:0:0/64',
  '100:0:0:1:0:0:0:0/64',
  '2001:0:0:0:0:0:0:0/23',
  '2001:0:0:0:0:0:0:0/32',
  '2001:2:0:0:0:0:0:0/48',
  '2001:db8:0:0:0:0:0:0/32',
  '2002:0:0:0:0:0:0:0/16',
  '2620:4f:8000:0:0:0:0:0/48',
  '3fff:0:0:0:0:0:0:0/20',
  '5f00:0:0:0:0:0:0:0/16',
  'fc00:0:0:0:0:0:0:0/7',
  'fe80:0:0:0:0:0:0:0/10',
  'fec0:0:0:0:0:0:0:0/10',
  'ff00:0:0:0:0:0:0:0/8',
]

/** Any address of a block: its prefix, and the rest at random. */
function within(block: string, bits: 32 | 128, read: (text: string) => bigint, write: (value: bigint) => string) {
  const [base = '', length = ''] = block.split('/')
  const free = BigInt(bits) - BigInt(length)
  return fc.bigInt({ min: 0n, max: (1n << free) - 1n }).map((rest) => write(((read(base) >> free) << free) | rest))
}

const read4 = (text: string) => text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n)
const write4 = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
const read6 = (text: string) => text.split(':').reduce((value, part) => (value << 16n) | BigInt(`0x${part}`), 0n)
const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n]
const write6 = (value: bigint) => groups.map((shift) => ((value >> shift) & 0xffffn).toString(16)).join(':')

const any4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n })
const isSpecial4 = (value: bigint) =>
  special4.some((block) => {
    const [base = '', length = ''] = block.split('/')
    const free = 32n - BigInt(length)
    return value >> free === read4(base) >> free
  })

describe('an address of the special-purpose registries is not public', () => {
  it.each(special4)('%s', (block) => {
    fc.assert(fc.property(within(block, 32, read4, write4), (address) => !isPublicAddress(address)))
  })

  it.each(special6)('%s', (block) => {
    fc.assert(fc.property(within(block, 128, read6, write6), (address) => !isPublicAddress(address)))
  })

  it('nor is any IPv6 address outside of 2000::/3', () => {
    const outside = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).filter((value) => value >> 125n !== 1n)
    fc.assert(fc.property(outside, (value) => !isPublicAddress(write6(value))))
  })

  it.each(['::ffff:', '::', '64:ff9b::'])('nor is any IPv4 address dressed up as %sa.b.c.d', (prefix) => {
    fc.assert(fc.property(any4, (value) => !isPublicAddress(prefix + write4(value))))
  })
})

it('every other IPv4 address is public, except what clouds hide there', () => {
  const others = any4.filter((value) => !isSpecial4(value) && write4(value) !== '168.63.129.16')
  fc.assert(fc.property(others, (value) => isPublicAddress(write4(value))))
  expect(isPublicAddress('168.63.129.16')).toBe(false)
})

it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '2606:4700:4700::1111', '2A00:1450:4001:80b::200e'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

it.each([
  '',
  'localhost',
  '8.8.8',
  '8.8.8.8.8',
  '010.8.8.8',
  '0x8.8.8.8',
  '134744072',
  '2606:4700::1%eth0',
  '8.8.8.8 ',
])('"%s" is no plain address, so it is not public', (text) => {
  expect(isPublicAddress(text)).toBe(false)
})
