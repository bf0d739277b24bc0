import { ask } from './dialog.js'
import { h } from './dom.js'
import { withEmoji } from './emoji.js'
import { mrkdwn, textObject } from './mrkdwn.js'
import { page } from './state.js'
import { safeUrl } from './text.js'

/**
 * A Block Kit element. `act({action_id, block_id, value})` is called when a person uses it; inside an input block it is
 * called only where the block asks for it. Fields carry `data-action-id` and `data-kind`, by which `values()` reads them.
 */
export function blockElement(element, block, act) {
  const draw = drawers[element.type]
  return draw
    ? draw(element, block, act)
    : h('span', { class: 'unknown' }, `(${element.type} is not shown in the sandbox)`)
}

/**
 * What a person has filled in below `root`, by `block_id.action_id`: a value, an array where several may be chosen, null
 * where nothing is.
 */
export function values(root) {
  return Object.fromEntries(
    [...root.querySelectorAll('[data-kind]')].map((field) => [
      `${field.dataset.blockId}.${field.dataset.actionId}`,
      fieldValue(field),
    ]),
  )
}

function fieldValue(field) {
  const { kind } = field.dataset
  const chosen = [...field.querySelectorAll('input:checked')].map((input) => input.value)
  if (kind === 'many') return chosen
  if (kind === 'radio') return chosen[0] ?? null
  if (field.value === '') return null
  return kind === 'moment' ? Math.floor(new Date(field.value).getTime() / 1000) : field.value
}

const busy = new Set()

async function use(element, block, act, value) {
  const { confirm } = element
  if (confirm) {
    const sure = await ask({
      title: textObject(confirm.title),
      text: textObject(confirm.text),
      yes: textObject(confirm.confirm),
      no: textObject(confirm.deny),
      danger: confirm.style === 'danger',
      testid: 'slack-confirm',
    })
    if (!sure) return
  }
  if (busy.has(element.action_id)) return
  busy.add(element.action_id)
  await act({ action_id: element.action_id, block_id: block.block_id, value: value ?? element.value })
  busy.delete(element.action_id)
}

function button(element, block, act) {
  return h(
    'button',
    {
      type: 'button',
      class: `sl-button ${element.style ?? ''}`,
      'data-action-id': element.action_id,
      'aria-label': element.accessibility_label,
      onclick: async (event) => {
        const pressed = event.currentTarget
        const url = element.url && safeUrl(element.url)
        if (url) window.open(url, '_blank', 'noopener')
        pressed.setAttribute('aria-busy', 'true')
        await use(element, block, act)
        pressed.removeAttribute('aria-busy')
      },
    },
    textObject(element.text),
    element.url ? ' ↗' : '',
  )
}

/** A field of an input block speaks up only when the block says `dispatch_action`; elsewhere each choice is an act. */
const speaks = (block) => block.type !== 'input' || block.dispatch_action

function textField(tag, type) {
  return (element, block, act) =>
    h(tag, {
      type: tag === 'input' ? type : undefined,
      rows: tag === 'textarea' ? 4 : undefined,
      class: 'field',
      id: fieldId(block),
      'data-action-id': element.action_id,
      'data-block-id': block.block_id,
      'data-kind': 'text',
      placeholder: element.placeholder?.text,
      maxlength: element.max_length,
      min: element.min_value,
      max: element.max_value,
      step: element.is_decimal_allowed ? 'any' : undefined,
      first: { value: element.initial_value ?? '' },
      onkeydown: (event) => {
        if (event.key === 'Enter' && tag === 'input' && block.dispatch_action) {
          use(element, block, act, event.currentTarget.value)
        }
      },
    })
}

const line = textField('input', 'text')
const area = textField('textarea')

function picker(type, initial, kind = 'one') {
  return (element, block, act) =>
    h('input', {
      type,
      class: 'field short',
      id: fieldId(block),
      'data-action-id': element.action_id,
      'data-block-id': block.block_id,
      'data-kind': kind,
      first: { value: initial(element) ?? '' },
      onchange: (event) => speaks(block) && use(element, block, act, fieldValue(event.currentTarget)),
    })
}

const localMinute = (seconds) => {
  const date = new Date(seconds * 1000)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function select(choices, initial) {
  return (element, block, act) =>
    h(
      'select',
      {
        class: 'field',
        id: fieldId(block),
        'data-action-id': element.action_id,
        'data-block-id': block.block_id,
        'data-kind': 'one',
        'aria-label': element.placeholder?.text ?? 'Choose',
        first: { value: initial(element) ?? '' },
        onchange: (event) => speaks(block) && use(element, block, act, fieldValue(event.currentTarget)),
      },
      h('option', { value: '' }, element.placeholder?.text ?? 'Choose…'),
      groups(choices(element)),
    )
}

const groups = (list) =>
  list.map((one) =>
    one.options
      ? h('optgroup', { label: one.label.text }, groups(one.options))
      : h('option', { value: one.value }, withEmoji(one.text.text)),
  )

const optionsOf = (element) => element.option_groups ?? element.options ?? []
const flat = (element) => optionsOf(element).flatMap((one) => one.options ?? one)
const people = () => page.world.slack.users.map((user) => ({ value: user.id, text: { text: user.name } }))
const rooms = () => page.world.slack.channels.map((room) => ({ value: room.id, text: { text: `#${room.name}` } }))

/** Radio buttons, checkboxes and multi selects: a group of inputs that are read together. */
function group(type, kind, choices, initial) {
  return (element, block, act) => {
    const chosen = initial(element)
    const name = `${block.block_id}-${element.action_id}`
    return h(
      'div',
      {
        class: `choices ${element.type.startsWith('multi') ? 'boxed' : ''}`,
        role: kind === 'radio' ? 'radiogroup' : 'group',
        'aria-label': block.label?.text,
        'data-action-id': element.action_id,
        'data-block-id': block.block_id,
        'data-kind': kind,
        onchange: (event) => speaks(block) && use(element, block, act, fieldValue(event.currentTarget)),
      },
      choices(element).map((option) =>
        h('label', { class: 'choice' }, [
          h('input', { type, name, value: option.value, first: { checked: chosen.includes(option.value) } }),
          h('span', {}, [
            option.text.type === 'mrkdwn' ? mrkdwn(option.text.text) : withEmoji(option.text.text),
            option.description && h('small', {}, textObject(option.description)),
          ]),
        ]),
      ),
    )
  }
}

function overflow(element, block, act) {
  return h(
    'details',
    { class: 'overflow', 'data-action-id': element.action_id },
    h('summary', { role: 'button', class: 'sl-button', 'aria-label': 'More actions' }, '⋯'),
    h(
      'div',
      { class: 'menu' },
      element.options.map((option) =>
        h(
          'button',
          {
            type: 'button',
            'data-value': option.value,
            onclick: (event) => {
              event.currentTarget.closest('details').open = false
              use(element, block, act, option.value)
            },
          },
          textObject(option.text),
        ),
      ),
    ),
  )
}

function image(element) {
  return h('span', { class: 'thumb', role: 'img', 'aria-label': element.alt_text, title: element.alt_text }, '🖼')
}

/** The id that an input block's label points to. */
export const fieldId = (block) => `field-${block.block_id}`

const one = (element) => element.initial_option?.value
const many = (element) => (element.initial_options ?? []).map((option) => option.value)

const drawers = {
  button,
  image,
  overflow,
  workflow_button: button,
  plain_text_input: (element, block, act) => (element.multiline ? area : line)(element, block, act),
  rich_text_input: area,
  email_text_input: textField('input', 'email'),
  url_text_input: textField('input', 'url'),
  number_input: textField('input', 'number'),
  static_select: select(optionsOf, one),
  external_select: select(optionsOf, one),
  users_select: select(people, (element) => element.initial_user),
  conversations_select: select(rooms, (element) => element.initial_conversation),
  channels_select: select(rooms, (element) => element.initial_channel),
  multi_static_select: group('checkbox', 'many', flat, many),
  multi_users_select: group('checkbox', 'many', people, (element) => element.initial_users ?? []),
  multi_conversations_select: group('checkbox', 'many', rooms, (element) => element.initial_conversations ?? []),
  multi_channels_select: group('checkbox', 'many', rooms, (element) => element.initial_channels ?? []),
  radio_buttons: group('radio', 'radio', flat, (element) => [one(element)]),
  checkboxes: group('checkbox', 'many', flat, many),
  datepicker: picker('date', (element) => element.initial_date),
  timepicker: picker('time', (element) => element.initial_time),
  datetimepicker: picker(
    'datetime-local',
    (element) => (element.initial_date_time ? localMinute(element.initial_date_time) : undefined),
    'moment',
  ),
}
