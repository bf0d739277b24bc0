import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { pino } from 'pino'
import { allocateYoung } from '../src/commands/allocate-young.ts'
import { isSignedByMeta } from '../src/meta/webhooks.ts'
import { webhookDoor } from '../src/notify/door.ts'
import { type Inbox, openInbox, recordChanges } from '../src/notify/inbox.ts'
import { wholeBody } from '../src/notify/whole-body.ts'
import { type Database, openDatabase } from '../src/store/db.ts'
import { appSecret, slackSecret } from './door-posts.ts'

/**
 * One of the servers that bench/door.ts measures, in a process of its own. It tells its parent the port; asked
 * anything, it sorts what it took and tells how many changes are in the inbox and how much time of the processor all that
 * took so far, in ms.
 *
 * - `door`: the door and the inbox as Portdesk has them
 * - `one-by-one`: the same door, and each post commits for itself
 * - `bare`: checks the signature and answers
 * - `bolt`: Bolt's receiver, with an app that acknowledges
 */
const { values } = parseArgs({
  options: { what: { type: 'string' }, folder: { type: 'string', default: ':memory:' }, url: { type: 'string' } },
})
allocateYoung()
const log = pino({ level: 'error' })
let rows: () => Promise<unknown> = async () => undefined

const bare: RequestListener = (request, response) =>
  wholeBody(request, 3 * 1024 * 1024, (body) => {
    const signed = body && isSignedByMeta(body, String(request.headers['x-hub-signature-256']), [appSecret])
    response.writeHead(signed ? 200 : 401).end()
  })

function door(db: Database, inbox: Pick<Inbox, 'take'>): RequestListener {
  const env = {
    META_APP_SECRET: [appSecret],
    META_VERIFY_TOKEN: undefined,
    HUB_WEBHOOK_SECRET: undefined,
    HUB_WEBHOOK_HEADER: undefined,
    HUB_WEBHOOK_ADDRESSES: undefined,
  }
  rows = async () => {
    while ((await db.run('select from arrivals limit 1')).length) await setTimeout(2)
    return (await db.run('select count(*)::int as count from inbox'))[0]?.count
  }
  return webhookDoor({ env, inbox, log })
}

async function bolt(): Promise<RequestListener> {
  const receiver = new HTTPReceiver({ signingSecret: slackSecret, logLevel: LogLevel.ERROR })
  const identity = { botToken: 'xoxb-bench-token', botId: 'B0BENCH', botUserId: 'U0BENCH' }
  const app = new App({ receiver, authorize: async () => identity, logLevel: LogLevel.ERROR })
  app.event('app_mention', async () => undefined)
  return receiver.requestListener
}

async function listener(): Promise<RequestListener> {
  if (values.what === 'bare') return bare
  if (values.what === 'bolt') return bolt()
  const db = await openDatabase({ url: values.url, folder: values.folder, log })
  const inbox = openInbox({ db, now: Date.now, log })
  inbox.start()
  if (values.what === 'door') return door(db, inbox)
  return door(db, { take: (changes) => recordChanges(db, changes, Date.now()) })
}

const server = createServer(await listener()).listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
process.on('message', async () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: (user + system) / 1000, rows: await rows() })
})
process.once('disconnect', () => process.exit())
