import type { FormField } from '../form.ts'
import { blockLimits as limits } from './limits.ts'
import { cut, mrkdwn } from './mrkdwn.ts'
import type { InputBlock, SectionBlock } from './slack-types.ts'
import { plain, section } from './text-objects.ts'

/** A field as an input, below what was wrong with the last try. Block id and action id are the field's id. */
export function fieldBlocks(field: FormField): (SectionBlock | InputBlock)[] {
  const input: InputBlock = {
    type: 'input',
    block_id: field.id,
    label: plain(field.label, limits.input.label.max_length),
    element: elementOf(field),
    optional: field.optional ?? false,
    ...(field.hint && { hint: plain(field.hint, limits.input.hint.max_length) }),
  }
  return field.error ? [section(`⚠️ ${mrkdwn(field.error, limits.section.text.max_length - 10)}`), input] : [input]
}

type Element = InputBlock['element']

function elementOf(field: FormField): Element {
  const options = optionsOf(field)
  const placeholder = field.placeholder
    ? { placeholder: plain(field.placeholder, limits.select.placeholder.max_length) }
    : {}
  if (field.kind === 'date') {
    const date = String(field.value ?? '')
    return {
      type: 'datepicker',
      action_id: field.id,
      ...placeholder,
      ...(/^\d{4}-\d\d-\d\d$/.test(date) && { initial_date: date }),
    }
  }
  if (field.kind === 'choice' && options.length) return oneOf(field, options, placeholder)
  if (field.kind === 'choices' && options.length) return manyOf(field, options, placeholder)
  const value = [field.value ?? []].flat().join(', ')
  return {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.kind === 'long-text',
    ...placeholder,
    ...(value && { initial_value: cut(value, limits.plain_text_input.max_length.max) }),
  }
}

type Option = ReturnType<typeof optionsOf>[number]
type Placeholder = { placeholder?: ReturnType<typeof plain> }

function oneOf({ id, value }: FormField, options: Option[], placeholder: Placeholder): Element {
  const initial = options.find((option) => option.value === value)
  const chosen = initial ? { initial_option: initial } : {}
  return options.length <= 4
    ? { type: 'radio_buttons', action_id: id, options, ...chosen }
    : { type: 'static_select', action_id: id, options, ...placeholder, ...chosen }
}

function manyOf({ id, value }: FormField, options: Option[], placeholder: Placeholder): Element {
  const initial = options.filter((option) => [value ?? []].flat().includes(option.value))
  const chosen = initial.length ? { initial_options: initial } : {}
  return options.length <= limits.checkboxes.options.max_items
    ? { type: 'checkboxes', action_id: id, options, ...chosen }
    : { type: 'multi_static_select', action_id: id, options, ...placeholder, ...chosen }
}

const optionsOf = ({ options = [] }: FormField) =>
  options
    .filter(({ value }) => value !== '' && [...value].length <= limits.option.value.max_length)
    .slice(0, limits.select.options.max_items)
    .map(({ value, label }) => ({ text: plain(label, limits.option.text.max_length), value }))
