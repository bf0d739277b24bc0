import { elementsIn, type Placed } from './block-ids.ts'
import { optionsOf } from './check-elements.ts'
import { Refusal } from './errors.ts'
import { isJson, type Json, objects } from './json.ts'
import { findPerson, findRoom } from './people.ts'
import type { Values } from './tables.ts'

/** How each kind of element says in `view.state.values` what is in it, and where its first value comes from. */
const kinds: Record<string, { field: string; initial: string; empty: unknown }> = {
  plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
  number_input: { field: 'value', initial: 'initial_value', empty: null },
  email_text_input: { field: 'value', initial: 'initial_value', empty: null },
  url_text_input: { field: 'value', initial: 'initial_value', empty: null },
  static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
  datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', empty: null },
  users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', empty: null },
}

/** Whether the element holds a value of its own, as a button does not. */
export const holdsValue = ({ element }: Placed) => element.type in kinds

/** `state.values` of those blocks: what was entered, else the first values. */
export function currentValues(blocks: unknown, entered: Values = {}): Values {
  const values: Values = {}
  for (const { block, element } of elementsIn(blocks)) {
    const kind = kinds[element.type]
    if (!kind) continue
    const first = { type: element.type, [kind.field]: element[kind.initial] ?? kind.empty }
    const value = entered[block.block_id]?.[element.action_id] ?? first
    values[block.block_id] = { ...values[block.block_id], [element.action_id]: value }
  }
  return values
}

/**
 * What a person's bare value becomes for that element: an option for its value, a list of options for a list.
 * @throws Refusal when the element does not take such a value.
 */
export function entry({ element }: Placed, value: unknown): Json {
  const kind = kinds[element.type]
  if (!kind) throw new Refusal(400, `"${element.action_id}" takes no value.`)
  const nothing = value === null || value === '' || value === undefined
  return { type: element.type, [kind.field]: nothing ? kind.empty : filled(element, kind.field, value) }
}

function filled(element: Placed['element'], field: string, value: unknown): unknown {
  if (field === 'selected_option') return option(element, value)
  const list = Array.isArray(value) ? value : [value]
  if (field === 'selected_options') return list.map((one) => option(element, one))
  if (field === 'selected_users') return list.map((one) => findPerson(String(one))?.id ?? String(one))
  if (field === 'selected_user') return findPerson(String(value))?.id ?? String(value)
  if (field === 'selected_channel' || field === 'selected_conversation')
    return findRoom(String(value))?.id ?? String(value)
  if (field === 'selected_date_time') return Number(value)
  return String(value)
}

/**
 * The option of that value, as it stands in the element.
 * @throws Refusal when there is none.
 */
export function option(element: Placed['element'], value: unknown): Json {
  const wanted = isJson(value) ? value.value : value
  const found = optionsOf(element).find((one) => one.value === String(wanted))
  if (found) return found
  const known = optionsOf(element).map((one) => String(one.value))
  throw new Refusal(400, `"${element.action_id}" has no option "${String(wanted)}", only ${known.join(', ')}.`)
}

/** What the client itself refuses before anything is sent, by block id. */
export function clientErrors(blocks: unknown, values: Values): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { block, element } of elementsIn(blocks)) {
    const kind = kinds[element.type]
    if (block.type !== 'input' || !kind) continue
    const value = values[block.block_id]?.[element.action_id]?.[kind.field]
    const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0)
    const wrong = empty ? (block.optional === true ? undefined : required) : complaint(element, value)
    if (wrong) errors[block.block_id] = wrong
  }
  return errors
}

const required = 'Please complete this required field.'

function complaint(element: Json, value: unknown): string | undefined {
  const text = String(value)
  if (element.type === 'number_input') return numberComplaint(element, text)
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return 'Please enter a valid email address.'
  }
  if (element.type === 'url_text_input' && !/^https?:\/\/\S+$/.test(text)) return 'Please enter a valid URL.'
  if (element.type === 'datepicker' && !/^\d{4}-\d\d-\d\d$/.test(text)) return 'Please enter a valid date.'
  if (element.type === 'timepicker' && !/^\d\d:\d\d$/.test(text)) return 'Please enter a valid time.'
  return element.type === 'plain_text_input' ? lengthComplaint(element, text) : undefined
}

function numberComplaint({ is_decimal_allowed: decimal, min_value: min, max_value: max }: Json, text: string) {
  if (text.trim() === '' || !Number.isFinite(Number(text))) return 'Please enter a number.'
  if (decimal !== true && !Number.isInteger(Number(text))) return 'Please enter a whole number.'
  if (min !== undefined && Number(text) < Number(min)) return `Please enter a number of at least ${String(min)}.`
  return max !== undefined && Number(text) > Number(max)
    ? `Please enter a number of at most ${String(max)}.`
    : undefined
}

function lengthComplaint({ min_length: min = 0, max_length: max = 3000 }: Json, text: string) {
  const length = [...text].length
  if (length < Number(min)) return `Please enter at least ${String(min)} characters.`
  return length > Number(max) ? `Please enter at most ${String(max)} characters.` : undefined
}

/** Every element of the blocks that may be meant by `name`: its action id, or `block_id.action_id`. */
export const placedBy = (blocks: unknown, name: string): Placed[] =>
  elementsIn(blocks).filter(
    ({ block, element }) => name === element.action_id || name === `${block.block_id}.${element.action_id}`,
  )

/** Those values with one more. */
export const withEntry = (values: Values, { block, element }: Placed, value: Json): Values => ({
  ...values,
  [block.block_id]: { ...values[block.block_id], [element.action_id]: value },
})

/** The texts of a `response_action: errors` answer. */
export const errorTexts = (errors: unknown): Record<string, string> =>
  isJson(errors) ? Object.fromEntries(Object.entries(errors).map(([block, text]) => [block, String(text)])) : {}

/** Block ids of the input blocks. */
export const inputBlocks = (blocks: unknown) =>
  objects(blocks).flatMap(({ type, block_id }) => (type === 'input' ? [String(block_id)] : []))
