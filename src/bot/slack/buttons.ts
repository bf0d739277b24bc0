import type { Button, Confirm } from '../card.ts'
import { blockLimits as limits } from './limits.ts'
import { cut } from './mrkdwn.ts'
import type { ActionsBlock, ConfirmationDialog, SlackButton } from './slack-types.ts'
import { plain } from './text-objects.ts'

/** Action ids of buttons that only open a link begin with it. */
export const linkAction = 'link'

/** Buttons in rows of five, of more when there are very many. Action ids come from the presses and occur once in `taken`. */
export function buttonBlocks(buttons: Button[], taken: Set<string>): ActionsBlock[] {
  const elements = buttons.flatMap((button) => slackButton(button, taken) ?? [])
  const row = elements.length > 40 ? limits.actions.elements.max_items : 5
  const blocks: ActionsBlock[] = []
  for (let at = 0; at < elements.length && blocks.length < 8; at += row) {
    blocks.push({ type: 'actions', elements: elements.slice(at, at + row) })
  }
  return blocks
}

/** `undefined` for a button that does nothing, or that Slack could not carry. */
function slackButton({ label, press, url, style, confirm }: Button, taken: Set<string>): SlackButton | undefined {
  const tooLong = [...(press ?? '')].length > limits.button.value.max_length
  if ((!press && !url) || tooLong || [...(url ?? '')].length > limits.button.url.max_length) return undefined
  return {
    type: 'button',
    action_id: uniqueId(press ?? linkAction, taken),
    text: plain(label, limits.button.text.max_length),
    ...(press && { value: press }),
    ...(url && { url }),
    ...(style && { style }),
    ...(confirm && { confirm: confirmation(confirm, style) }),
  }
}

function uniqueId(base: string, taken: Set<string>): string {
  const stem = cut(base, limits.action_id.max_length - 10)
  let id = stem
  for (let count = 2; taken.has(id); count += 1) id = `${stem}#${count}`
  taken.add(id)
  return id
}

const confirmation = ({ title, text, yes, no }: Confirm, style: Button['style']): ConfirmationDialog => ({
  title: plain(title, limits.confirmation.title.max_length),
  text: plain(text, limits.confirmation.text.max_length),
  confirm: plain(yes, limits.confirmation.confirm.max_length),
  deny: plain(no, limits.confirmation.deny.max_length),
  ...(style && { style }),
})
