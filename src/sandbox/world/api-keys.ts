import { randomInt } from 'node:crypto'
import type { Ground } from '../ground.ts'
import { secret } from './ids.ts'
import type { ApiKeyRow } from './rows-hub.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

export const keysOf = (world: World, channel: string): ApiKeyRow[] =>
  world.apiKeys.values().filter(({ channel_id }) => channel_id === channel)

/** A new key of a channel. Every earlier one stops working at this moment. */
export function makeKey(ground: Ground, world: World, channel: string): ApiKeyRow {
  dropKeys(world, channel)
  const row: ApiKeyRow = {
    id: String(randomInt(100_000, 999_999)),
    channel_id: channel,
    api_key: secret(),
    app_id: '104148',
    created_at: zuluTime(ground.clock.now()),
  }
  world.apiKeys.set(row.id, row)
  return row
}

export function dropKeys(world: World, channel: string): void {
  for (const { id } of keysOf(world, channel)) world.apiKeys.delete(id)
}
