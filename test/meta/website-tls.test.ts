import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { websiteProbe } from '../../src/meta/website.ts'
import { selfSigned } from './self-signed.ts'

async function shop() {
  const server = createServer(selfSigned, (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Shop</title>')
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const allow = [`shop.example:${port}`, `other.example:${port}`]
  return { port, probe: websiteProbe({ allow, resolve: async () => [{ address: '127.0.0.1', family: 4 }] }) }
}

/** As if somebody had vouched for the certificate. */
function trustIt() {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, selfSigned.cert])
  onTestFinished(() => setDefaultCACertificates(before))
}

it('a certificate that nobody vouches for is a broken website', async () => {
  const { probe, port } = await shop()
  const finding = { reachable: false, why: 'tls', words: 'no secure connection (DEPTH_ZERO_SELF_SIGNED_CERT)' }
  expect(await probe.check(`https://shop.example:${port}/`)).toEqual(finding)
})

it('no variable of the environment makes it a good one', async () => {
  const { probe, port } = await shop()
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  onTestFinished(() => void delete process.env.NODE_TLS_REJECT_UNAUTHORIZED)
  expect(await probe.check(`https://shop.example:${port}/`)).toMatchObject({ why: 'tls' })
})

it('a good certificate makes a good website', async () => {
  trustIt()
  const { probe, port } = await shop()
  expect(await probe.check(`shop.example:${port}`)).toEqual({
    reachable: true,
    status: 200,
    finalUrl: `https://shop.example:${port}/`,
    title: 'Shop',
    redirects: 0,
  })
})

it('the certificate of another name is none', async () => {
  trustIt()
  const { probe, port } = await shop()
  expect(await probe.check(`https://other.example:${port}/`)).toMatchObject({ why: 'tls' })
})
