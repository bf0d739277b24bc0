import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import { openPglite } from './pglite.ts'

/**
 * The thread in which the embedded database lives: started with a folder, it says that it is ready. Each port it is sent is a
 * connection; anything else ends it.
 */
const parent = parentPort as MessagePort
const pglite = await openPglite(workerData as string)
parent.on('message', (port: MessagePort | undefined) => void (port ? serve(pglite, port) : end(pglite)))
parent.postMessage('ready')

/** AuthenticationOk and ReadyForQuery: whoever is in this process is let in. */
const welcome = Uint8Array.from([...[0x52, 0, 0, 0, 8, 0, 0, 0, 0], ...[0x5a, 0, 0, 0, 5, 0x49]])
/** First byte of the message that ends a connection, X. */
const terminate = 0x58

/**
 * Answers one connection in PostgreSQL's protocol. All have one backend, so the one before must have come to its end; what it
 * left open is undone.
 */
async function serve(database: PGlite, port: MessagePort): Promise<void> {
  await database.exec('rollback')
  await database.exec('discard all')
  port.once('message', () => {
    port.postMessage(welcome)
    port.on('message', (messages: Uint8Array) => {
      if (messages[0] === terminate) return port.close()
      const answer = database.execProtocolRawSync(messages).slice()
      port.postMessage(answer, [answer.buffer])
    })
  })
}

async function end(database: PGlite): Promise<void> {
  await database.close()
  process.exit()
}
