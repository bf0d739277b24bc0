import { randomBytes } from 'node:crypto'
import { isJson, type Json, objects, string } from './json.ts'

const id = () => randomBytes(4).toString('base64url').slice(0, 5)

const textTypes = ['plain_text', 'mrkdwn', 'image']

/** The blocks with the ids that the bot left out, as Slack fills them in. */
export function withIds(blocks: Json[]): Json[] {
  return blocks.map((block) => {
    const filled: Json = { ...block, block_id: string(block.block_id) || id() }
    if (Array.isArray(block.elements) && block.type !== 'rich_text') {
      filled.elements = objects(block.elements).map(withActionId)
    }
    if (isJson(block.accessory)) filled.accessory = withActionId(block.accessory)
    if (isJson(block.element)) filled.element = withActionId(block.element)
    return filled
  })
}

const withActionId = (element: Json): Json =>
  element.action_id || textTypes.includes(String(element.type)) ? element : { ...element, action_id: id() }

/** A view with the ids that the bot left out. */
export const viewWithIds = (view: Json): Json => ({ ...view, blocks: withIds(objects(view.blocks)) })

/** An interactive element and the block it stands in. */
export interface Placed {
  block: Json & { block_id: string }
  element: Json & { action_id: string; type: string }
}

/** Every interactive element of those blocks, in the order of reading. */
export function elementsIn(blocks: unknown): Placed[] {
  return objects(blocks).flatMap((block) =>
    [
      ...objects(block.elements).flatMap((one) => [one, ...objects(one.actions)]),
      block.accessory,
      block.element,
      ...objects(block.actions),
    ]
      .filter(isJson)
      .flatMap((element) => {
        const { action_id, type } = element
        if (typeof action_id !== 'string' || typeof type !== 'string') return []
        return [{ block: { ...block, block_id: String(block.block_id) }, element: { ...element, action_id, type } }]
      }),
  )
}
