import { setTimeout as pause } from 'node:timers/promises'
import axios from 'axios'
import { z } from 'zod'
import { decodePress, encodePress, type Press } from '../src/bot/press.ts'
import type { Sandbox } from '../src/sandbox/index.ts'
import type { SandboxState, SlackMessage } from '../src/sandbox/state.ts'

/** A case in the sandbox's Slack. */
export interface Case {
  id: number
  /** Its number of events. */
  events: number
  /** The message that is its card, and the one with the buttons. */
  card: string
  buttons: string
  ticked: boolean
}

/** Plays support in the Slack of the sandbox. */
export interface Keypad {
  /** Resolves once the card of the new case is there. */
  openCase(number: string): Promise<Case>
  /** Ticks or unticks one task of the case, in turn. Resolves when Slack was told that the press was taken. */
  press(of: Case): Promise<void>
  /** Presses and waits for the edit of the card. In ms from the start of the press. */
  pressToCard(of: Case): Promise<{ taken: number; shown: number }>
  cancel(of: Case): Promise<void>
  /** Resolves when Portdesk has asked nothing of the platforms for a while. */
  quiet(): Promise<void>
}

const user = 'ana'
const channel = 'C0CASES'

/**
 * A card has other buttons after each act. So each case gets a message of its own with buttons to tick and to untick, which
 * work as long as the case does.
 */
export function keypad(sandbox: Sandbox): Keypad {
  const api = axios.create({ baseURL: sandbox.url })
  const act = async (path: string, body: object) => {
    const { data } = await api.post(`/api/${path}`, body)
    if (data.ok !== true) throw new Error(`${path} was refused: ${JSON.stringify(data)}`)
  }
  const slack = async () => (await api.get<SandboxState>('/api/state')).data.slack
  const edits = watchEdits(sandbox)

  const postButtons = async (id: number): Promise<string> => {
    const button = (verb: Press['verb'], target?: string) => {
      const press = encodePress({ verb, case: id, ...(target && { target }) })
      return { type: 'button', action_id: verb, value: press, text: { type: 'plain_text', text: verb } }
    }
    const task = 'release-ticket'
    const elements = [button('tick', task), button('untick', task), button('cancel')]
    const headers = { authorization: `Bearer ${sandbox.env.SLACK_BOT_TOKEN}` }
    const message = { channel, text: 'keypad', blocks: [{ type: 'actions', elements }] }
    const { data } = await api.post('/slack/api/chat.postMessage', message, { headers })
    return z.string().parse(data.ts)
  }

  const press = async (of: Case) => {
    await act('slack/press', { user, channel, ts: of.buttons, action_id: of.ticked ? 'untick' : 'tick' })
    of.ticked = !of.ticked
    of.events += 1
  }

  return {
    press,
    async openCase(number) {
      const known = new Set((await cardsIn(await slack())).map(({ id }) => id))
      const command = { command: '/portdesk', text: `new two-step-disable ${number}` }
      await act('slack/command', { user, channel, ...command })
      const modal = await until(async () => (await slack()).modals.at(-1))
      await act('slack/submit', { user, view_id: modal.view_id, values: { number, admin: 'no' } })
      const made = await until(async () => (await cardsIn(await slack())).find((one) => !known.has(one.id) && one.open))
      return { id: made.id, events: made.events, card: made.ts, buttons: await postButtons(made.id), ticked: false }
    },
    async pressToCard(of) {
      const began = performance.now()
      const edited = edits.next(of.card)
      await press(of)
      const taken = performance.now() - began
      return { taken, shown: (await edited) - began }
    },
    cancel: (of) => act('slack/press', { user, channel, ts: of.buttons, action_id: 'cancel' }),
    async quiet() {
      const { calls } = sandbox.ground
      for (let before = -1; before !== calls.last(); await pause(500)) before = calls.last()
    },
  }
}

/** Tells when the bot edited a message. */
function watchEdits({ ground: { calls } }: Sandbox) {
  const waiting = new Map<string, (at: number) => void>()
  const add = calls.add
  calls.add = (call) => {
    add(call)
    const { ts } = z.object({ ts: z.string().optional() }).catch({}).parse(call.body)
    if (ts === undefined || !call.path.endsWith('chat.update')) return
    waiting.get(ts)?.(performance.now())
    waiting.delete(ts)
  }
  return { next: (message: string) => new Promise<number>((resolve) => waiting.set(message, resolve)) }
}

/** The cards in the channel. Their buttons tell case and number of events; `open` once there is something to tick. */
function cardsIn(slack: SandboxState['slack']) {
  const messages = slack.channels.find(({ id }) => id === channel)?.messages ?? []
  return messages.filter(({ thread_ts }) => !thread_ts).flatMap(readCard)
}

const blocksSchema = z.array(z.object({ elements: z.array(z.object({ value: z.string().optional() })).optional() }))

function readCard({ ts, blocks }: SlackMessage) {
  const values = (blocksSchema.safeParse(blocks).data ?? []).flatMap(({ elements = [] }) => elements)
  const presses = values.flatMap(({ value }) => decodePress(value ?? '') ?? [])
  const [first] = presses
  if (first?.case === undefined || first.seq === undefined) return []
  return [{ id: first.case, events: first.seq, ts, open: presses.some(({ verb }) => verb === 'tick') }]
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await pause(20)
  }
  throw new Error('The sandbox did not show what was waited for within 10 s')
}
