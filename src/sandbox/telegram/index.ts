import type { Hono } from 'hono'
import type { Ground } from '../ground.ts'
import type { TelegramState } from '../state.ts'
import { acts } from './acts.ts'
import { commandLists } from './commands.ts'
import { controlRoutes } from './control.ts'
import { ApiError } from './error.ts'
import { fileStore } from './files.ts'
import { membership } from './membership.ts'
import type { Method } from './method.ts'
import { chatMethods } from './methods/chats.ts'
import { editingMethods } from './methods/editing.ts'
import { menuMethods } from './methods/menu.ts'
import { pressMethods } from './methods/presses.ts'
import { receivingMethods } from './methods/receiving.ts'
import { sendingMethods } from './methods/sending.ts'
import { picture } from './picture.ts'
import { polling } from './polling.ts'
import { openPresses } from './presses.ts'
import { openQuestions } from './questions.ts'
import { rateLimit } from './rate.ts'
import { botRoutes } from './routes.ts'
import { updateQueue } from './updates.ts'
import { type Delays, webhook } from './webhook.ts'
import { openWorld } from './world.ts'

export interface FakeTelegram {
  /** Mounted at `/telegram`: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
  routes: Hono
  /** Mounted at `/api/telegram`: what people do, see `control.ts`. */
  control: Hono
  state(): TelegramState
  /** Switches the rate limits on (as they are at first) or off. */
  limits(change: { rate?: boolean }): void
  /** Ends waiting pollers and deliveries. What was not delivered stays in the journal. */
  close(): Promise<void>
}

export interface FakeTelegramOptions {
  /** How long the control API's `press` waits for the bot, in milliseconds of real time. */
  patience?: number
  /** Real time between attempts to reach the webhook. */
  delays?: Delays
}

/** A Telegram with one bot, five people and six chats. Everything it remembers lives in the ground's journal. */
export function fakeTelegram(
  ground: Ground,
  { patience = 3000, delays = { first: 200, most: 5000, answer: 60_000 } }: FakeTelegramOptions = {},
): FakeTelegram {
  const world = openWorld(ground)
  const updates = updateQueue(world)
  const rate = rateLimit(ground.clock)
  const questions = openQuestions(world)
  const presses = openPresses(world)
  const files = fileStore(ground)
  const commands = commandLists(ground.journal)
  const poller = polling(updates)
  const alive = new AbortController()

  /** A method that came in the answer to a webhook, which Telegram carries out. */
  const reply = async (name: string, params: Record<string, unknown>) => {
    const log = (status: number) => {
      const at = new Date(ground.clock.now()).toISOString()
      ground.calls.add({
        at,
        system: 'telegram',
        method: 'POST',
        path: `/telegram/bot***/${name}`,
        body: params,
        status,
      })
    }
    try {
      await run(name, params, alive.signal)
      log(200)
    } catch (error) {
      log(error instanceof ApiError ? error.code : 500)
      throw error
    }
  }
  const hook = webhook({ world, updates, reply, delays })

  const methods = new Map<string, Method>(
    Object.entries({
      ...receivingMethods({ updates, poller, hook }),
      ...sendingMethods({ world, rate, questions, files }),
      ...editingMethods({ world, rate }),
      ...pressMethods(presses),
      ...menuMethods({ world, commands }),
      ...chatMethods({ world, updates, files }),
    }).map(([name, run]) => [name.toLowerCase(), run]),
  )
  /** Method names are not case-sensitive. */
  const run = async (name: string, params: Record<string, unknown>, gone: AbortSignal) => {
    const method = methods.get(name.toLowerCase())
    if (!method) throw new ApiError(404, 'Not Found')
    return method(params, gone)
  }

  return {
    routes: botRoutes({ ground, files, run }),
    control: controlRoutes({
      world,
      patience,
      act: acts({ world, updates, questions, presses }),
      place: membership(world, updates),
    }),
    state: picture({ world, commands, presses, files }),
    limits({ rate: on }) {
      if (on !== undefined) rate.enable(on)
    },
    async close() {
      alive.abort()
      poller.close()
      presses.close()
      await hook.close()
    },
  }
}
