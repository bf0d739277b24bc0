import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type WebsiteFinding, websiteProbe } from '../../src/meta/website.ts'
import type { Resolve } from '../../src/meta/website-addresses.ts'
import { type Visit, visitWebsite } from '../../src/meta/website-visit.ts'
import { tinyServer } from './tiny-server.ts'

/** Something on the inside that must hear nothing at all. */
let connections = 0
const inside = createServer((_, response) => void response.end('secret'))
inside.on('connection', () => {
  connections += 1
})
beforeAll(() => new Promise<void>((listening) => inside.listen(0, '127.0.0.1', listening)))
afterAll(() => void inside.close())
const port = () => (inside.address() as AddressInfo).port

const no = (finding: WebsiteFinding) => (finding.reachable ? 'reachable' : finding.why)
const publicAddress = { address: '93.184.215.14', family: 4 }
const leadsTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

/** A probe whose every visit is noted and refused, so that nothing leaves this machine. */
function watched(resolve: Resolve, allow: string[] = []) {
  const visits: Visit[] = []
  const visit = async (each: Visit) => {
    visits.push(each)
    return { came: false as const, why: 'refused' as const, words: 'no connection' }
  }
  return { visits, probe: websiteProbe({ allow, resolve, visit }) }
}

const hosts = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.0x1',
  '１２７.0.0.1',
  '127。0。0。1',
  '①②⑦.0.0.1',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '0x0',
  '10.0.0.1',
  '10.1',
  '012.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1',
  '3232235777',
  '0xc0a80001',
  '169.254.169.254',
  '169.254.43518',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '0xA9.0xFE.0xA9.0xFE',
  '169.254.170.2',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '168.63.129.16',
  '192.0.0.192',
  '192.0.2.1',
  '198.51.100.7',
  '203.0.113.9',
  '198.18.0.1',
  '198.19.255.255',
  '192.88.99.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '134744072',
  '0x08080808',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[::ffff:8.8.8.8]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::169.254.169.254]',
  '[64:ff9b:1::a00:1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2002:c0a8:1::1]',
  '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
  '[2001::1]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fd12:3456:789a::1]',
  '[fe80::1]',
  '[fe80::1%25eth0]',
  '[fe80::a9fe:a9fe%1]',
  '[fec0::1]',
  '[ff02::1]',
  '[ff0e::1]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ⓛocalhost',
  'www.localhost',
  'localhost.localdomain',
  'intranet',
  'router.lan',
  'nas.home',
  'printer.local',
  'printer.local.',
  'vault.corp',
  'wiki.intranet',
  'metadata',
  'metadata.google.internal',
  'metadata.google.internal.',
  'METADATA.GOOGLE.INTERNAL',
  'instance-data.ec2.internal',
  'kubernetes.default.svc.cluster.local',
  'gateway.home.arpa',
  'shop.example.',
  'hidden.onion',
]

const urls = [
  'https://user:secret@shop.example/',
  'https://user@shop.example/',
  'https://shop.example@127.0.0.1/',
  'https://127.0.0.1#@shop.example/',
  'https://127.0.0.1\\@shop.example/',
  'https://shop.example:22/',
  'https://shop.example:8080/',
  'https://shop.example:6379/',
  'http://shop.example:0/',
  'shop.example:3000',
  'ftp://shop.example/',
  'file:///etc/passwd',
  'file://localhost/etc/passwd',
  'gopher://127.0.0.1:6379/_INFO',
  'javascript:alert(1)',
  'data:text/html,<title>x</title>',
  'about:blank',
  'unix:/var/run/docker.sock',
  'blob:https://shop.example/1',
  'ws://shop.example/',
  'https://',
  'https:///',
  'http://[::1',
  'http://shop.example:99999/',
  'https://shop .example/',
  'https://shop.example/\r\nHost: 127.0.0.1',
  'https://sh\top.example/',
  'https://shop.example/\u0000',
  'https://%00.example/',
  'https://shop%2eexample%2f/',
  '',
  '   ',
  `https://shop.example/${'x'.repeat(2100)}`,
]

describe('no way into the inside', () => {
  it('has a long list to try', () => {
    expect(new Set([...hosts, ...urls]).size).toBeGreaterThan(120)
  })

  it.each(hosts)('refuses the host %s however it is asked for', async (host) => {
    const before = connections
    const { probe, visits } = watched(leadsTo('127.0.0.1'))
    const asked = [host, `http://${host}/`, `https://${host}/a?b`, `https://${host}:443`, `http://${host}:${port()}/`]
    for (const url of asked) expect(no(await probe.check(url)), url).toMatch(/^not-(allowed|a-url)$/)
    expect(visits).toEqual([])
    expect(connections).toBe(before)
  })

  it.each(urls)('refuses the address %j', async (url) => {
    const { probe, visits } = watched(async () => [publicAddress])
    expect(no(await probe.check(url))).toMatch(/^not-(allowed|a-url)$/)
    expect(visits).toEqual([])
  })

  it.each([
    ['a private address', ['10.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['one public and one inside address', [publicAddress.address, '127.0.0.1']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['an address of one network card', ['fe80::1%eth0']],
    ['what is no address at all', ['localhost']],
  ])('refuses a name that leads to %s, and does not tell where', async (_, addresses) => {
    const { probe, visits } = watched(leadsTo(...addresses))
    expect(await probe.check('https://shop.example/')).toEqual({
      reachable: false,
      why: 'not-allowed',
      words: 'it is not on the public internet',
    })
    expect(visits).toEqual([])
  })

  it('allows one port of a host, and no other', async () => {
    const allow = [`127.0.0.1:${port()}`]
    expect(await websiteProbe({ allow }).check(`http://127.0.0.1:${port()}/`)).toMatchObject({ reachable: true })
    const { probe, visits } = watched(leadsTo('127.0.0.1'), allow)
    for (const url of ['http://127.0.0.1/', `http://127.0.0.2:${port()}/`, `http://shop.example:${port()}/`]) {
      expect(no(await probe.check(url)), url).toBe('not-allowed')
    }
    expect(visits).toEqual([])
  })
})

describe('a name that changes its mind', () => {
  it('is asked once a visit, and only what was checked is connected to', async () => {
    const answers = [publicAddress.address, '127.0.0.1']
    let asked = 0
    const { probe, visits } = watched(async () => [{ address: answers[asked++] ?? '127.0.0.1', family: 4 }])
    expect(no(await probe.check('https://rebind.example/'))).toBe('refused')
    expect(asked).toBe(1)
    expect(visits.map(({ addresses }) => addresses)).toEqual([[publicAddress]])
  })

  it('is judged anew for the second try, over http', async () => {
    const answers = [publicAddress.address, '127.0.0.1']
    let asked = 0
    const { probe, visits } = watched(async () => [{ address: answers[asked++] ?? '127.0.0.1', family: 4 }])
    expect(no(await probe.check('rebind.example'))).toBe('not-allowed')
    expect(asked).toBe(2)
    expect(visits.map(({ url }) => url.href)).toEqual(['https://rebind.example/'])
  })

  it('cannot change it during a visit: the resolver of this machine is never asked', async () => {
    const url = new URL(`http://rebind.example:${port()}/`)
    const signal = AbortSignal.timeout(2_000)
    const pinned = [{ address: '127.0.0.1', family: 4 }]
    expect(await visitWebsite({ url, addresses: pinned, signal, maxBytes: 10 })).toMatchObject({ came: true })
    expect(await visitWebsite({ url, addresses: [], signal, maxBytes: 10 })).toMatchObject({ why: 'refused' })
  })
})

describe('a redirect', () => {
  it.each([
    ['to loopback', () => `http://127.0.0.1:${port()}/secret`],
    ['to loopback by another spelling', () => `http://2130706433:${port()}/`],
    ['to this machine by name', () => `http://localhost:${port()}/`],
    ['to the metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
    ['to a mapped address', () => 'http://[::ffff:7f00:1]/'],
    ['without a scheme', () => `//127.0.0.1:${port()}/`],
    ['to a file', () => 'file:///etc/passwd'],
    ['with a password', () => 'https://user:secret@shop.example/'],
    ['to another port', () => 'https://shop.example:8443/'],
    ['to a name that leads inside', () => 'https://inside.example/'],
    ['to nowhere', () => 'http://['],
  ])('%s is not followed', async (_, location) => {
    const before = connections
    const { url } = await tinyServer((response) => response.writeHead(302, { location: location() }).end())
    const probe = websiteProbe({ allow: [new URL(url).host], resolve: leadsTo('10.0.0.1') })
    expect(no(await probe.check(url))).toBe('not-allowed')
    expect(connections).toBe(before)
  })
})
