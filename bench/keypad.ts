import { setTimeout as pause } from 'node:timers/promises'
import axios from 'axios'
import { z } from 'zod'
import { decodePress, encodePress, type Press } from '../src/bot/press.ts'
import type { Sandbox } from '../src/sandbox/index.ts'
import type { SandboxState, SlackMessage } from '../src/sandbox/state.ts'
import { watchCalls } from './calls.ts'

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
  /** Presses and waits for the edit of the card. In ms from the start of the press; `arrived` by `performance.now()`. */
  pressToCard(of: Case): Promise<{ taken: number; shown: number; arrived: number }>
  /** From the command to the list of the open cases, in ms. */
  listsCases(): Promise<number>
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
  const nextCall = watchCalls(sandbox)

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
      const edited = nextCall(({ path, body }) => path.endsWith('chat.update') && messageOf(body) === of.card)
      await press(of)
      const taken = performance.now() - began
      const arrived = await edited
      return { taken, shown: arrived - began, arrived }
    },
    async listsCases() {
      const began = performance.now()
      const told = nextCall(({ path }) => path.startsWith('/slack/response/') || path.endsWith('chat.postEphemeral'))
      await act('slack/command', { user, channel, command: '/portdesk', text: 'cases' })
      return (await told) - began
    },
    cancel: (of) => act('slack/press', { user, channel, ts: of.buttons, action_id: 'cancel' }),
    async quiet() {
      const { calls } = sandbox.ground
      for (let before = -1; before !== calls.last(); await pause(500)) before = calls.last()
    },
  }
}

const messageOf = (body: unknown) => z.object({ ts: z.string().optional() }).catch({}).parse(body).ts

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

/** Looks every 20 ms until something is there. @throws Error after 10 s */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await pause(20)
  }
  throw new Error('The sandbox did not show what was waited for within 10 s')
}
