import type { Context } from 'hono'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import type { World } from '../world/world.ts'

/** What every call of the Graph works on. */
export interface Scene {
  c: Context<Bindings>
  ground: Ground
  world: World
  /** The id in the path. */
  id: string
}

export type Handler = (scene: Scene) => Response | Promise<Response>

/** Handlers by `METHOD edge`; a call on the node itself has no edge: `POST`. */
export type Handlers = Record<string, Handler>
