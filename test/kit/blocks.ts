import { z } from 'zod'

/** A button or select of a Slack message, as a person sees it. */
export interface SlackButton {
  label: string
  action_id: string
}

const textSchema = z.object({ text: z.string() })

/** All texts of Block Kit blocks, in reading order, a line each. */
export function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf)
  if (typeof node !== 'object' || node === null) return []
  const type = 'type' in node ? node.type : undefined
  if (type === 'plain_text' || type === 'mrkdwn') {
    const { text } = textSchema.parse(node)
    return [text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')]
  }
  if (type === 'button') return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'confirm' || key === 'placeholder' ? [] : textsOf(value),
  )
}

export function buttonsOf(node: unknown): SlackButton[] {
  if (Array.isArray(node)) return node.flatMap(buttonsOf)
  if (typeof node !== 'object' || node === null) return []
  if ('type' in node && node.type === 'button') {
    const button = z.object({ action_id: z.string(), text: textSchema }).parse(node)
    return [{ label: button.text.text, action_id: button.action_id }]
  }
  return Object.values(node).flatMap(buttonsOf)
}
