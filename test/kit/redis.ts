import { randomUUID } from 'node:crypto'
import { createClient } from '@keyv/redis'

/** A Redis server of the tests: each test uses keys under its own prefix and removes them. */
export interface TestRedis {
  url: string
  prefix: string
  clean(): Promise<void>
}

/** The server TEST_REDIS_URL names, or undefined and one notice. */
export function testRedis(): TestRedis | undefined {
  const url = process.env.TEST_REDIS_URL
  if (!url) {
    console.warn('TEST_REDIS_URL is not set: these tests run without Redis')
    return undefined
  }
  const prefix = `portdesk-test-${randomUUID()}`
  return { url, prefix, clean: () => removeKeys(url, `${prefix}*`) }
}

async function removeKeys(url: string, match: string): Promise<void> {
  const client = createClient({ url })
  await client.connect()
  for await (const keys of client.scanIterator({ MATCH: match, COUNT: 500 })) {
    if (keys.length > 0) await client.del(keys)
  }
  await client.close()
}
