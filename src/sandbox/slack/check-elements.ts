import { all, byType, type Check, list, rule, shape, str } from './check.ts'
import { isJson, type Json, objects } from './json.ts'
import { blockLimits as limits } from './limits.ts'

const textOf = (types: string[], max: number, min = 1): Check =>
  all(
    shape({ type: str(), text: str({ min, max }) }),
    rule(({ type }) => (types.includes(String(type)) ? undefined : { message: 'unsupported type', at: '/type' })),
  )

/** A `plain_text` object. */
export const plain = (max: number = limits.text.max_length) => textOf(['plain_text'], max)

/** A `plain_text` or `mrkdwn` object. */
export const anyText = (max: number = limits.text.max_length, min?: number) =>
  textOf(['plain_text', 'mrkdwn'], max, min)

const atMost = ({ max_length: max }: { max_length: number }) => str({ max })

const confirm = shape(
  {
    title: plain(limits.confirmation.title.max_length),
    text: anyText(limits.confirmation.text.max_length),
    confirm: plain(limits.confirmation.confirm.max_length),
    deny: plain(limits.confirmation.deny.max_length),
  },
  {},
)

const option = shape(
  { text: anyText(limits.option.text.max_length), value: atMost(limits.option.value) },
  { description: anyText(limits.option.description.max_length), url: atMost(limits.option.url) },
)

const group = shape({
  label: plain(limits.option_group.label.max_length),
  options: list(option, { min: limits.option_group.options.min_items, max: limits.option_group.options.max_items }),
})

/** The options of an element, those of its groups included. */
export const optionsOf = (element: Json): Json[] => [
  ...objects(element.options),
  ...objects(element.option_groups).flatMap((one) => objects(one.options)),
]

const initialIsOption = rule((element) => {
  const initial = [
    ...(isJson(element.initial_option) ? [element.initial_option] : []),
    ...objects(element.initial_options),
  ]
  const values = optionsOf(element).map(({ value }) => value)
  const stranger = initial.find(({ value }) => !values.includes(value))
  return stranger && { message: `initial option "${String(stranger.value)}" must be one of the options` }
})

const placeholder = plain(limits.select.placeholder.max_length)
const interactive = { action_id: atMost(limits.action_id), confirm }

const select = (required: Record<string, Check> = {}, optional: Record<string, Check> = {}) =>
  shape(required, { ...interactive, placeholder, ...optional })

const staticSelect = all(
  select(
    {},
    {
      options: list(option, { min: 1, max: limits.select.options.max_items }),
      option_groups: list(group, { min: 1, max: limits.select.option_groups.max_items }),
      initial_option: option,
      initial_options: list(option),
    },
  ),
  rule(({ options, option_groups }) => {
    if (options && option_groups) return { message: 'give options or option_groups, not both' }
    return options || option_groups ? undefined : { message: 'missing required field: options' }
  }),
  initialIsOption,
)

const choices = ({ min_items: min, max_items: max }: { min_items: number; max_items: number }) =>
  all(
    shape(
      { options: list(option, { min, max }) },
      { ...interactive, initial_option: option, initial_options: list(option) },
    ),
    initialIsOption,
  )

const plainTextInput = all(
  select({}, { initial_value: str({ max: limits.plain_text_input.max_length.max }) }),
  rule(({ max_length: max = 1, min_length: min = 0 }) => {
    const top = limits.plain_text_input.max_length.max
    if (typeof max !== 'number' || max < 1 || max > top) {
      return { message: `must be between 1 and ${top}`, at: '/max_length' }
    }
    return typeof min !== 'number' || min < 0 || min > top
      ? { message: `must be between 0 and ${top}`, at: '/min_length' }
      : undefined
  }),
)

const feedbackButton = shape(
  { text: plain(limits.feedback_button.text.max_length), value: atMost(limits.feedback_button.value) },
  { accessibility_label: atMost(limits.feedback_button.accessibility_label) },
)

const button = shape(
  { text: plain(limits.button.text.max_length) },
  {
    ...interactive,
    value: atMost(limits.button.value),
    url: atMost(limits.button.url),
    accessibility_label: atMost(limits.button.accessibility_label),
  },
)

const date = rule(({ initial_date: at }) =>
  at === undefined || /^\d{4}-\d\d-\d\d$/.test(String(at))
    ? undefined
    : { message: 'must be in the format YYYY-MM-DD', at: '/initial_date' },
)

const pickers: Record<string, Check> = {
  static_select: staticSelect,
  multi_static_select: staticSelect,
  users_select: select(),
  multi_users_select: select(),
  conversations_select: select(),
  multi_conversations_select: select(),
  channels_select: select(),
  multi_channels_select: select(),
  external_select: select(),
  multi_external_select: select(),
  checkboxes: choices(limits.checkboxes.options),
  radio_buttons: choices(limits.radio_buttons.options),
  datepicker: all(select(), date),
  timepicker: select(),
  datetimepicker: select(),
}

const fileInput = rule(({ max_files: files }) => {
  const { min, max } = limits.file_input.max_files
  const fine = files === undefined || (typeof files === 'number' && files >= min && files <= max)
  return fine ? undefined : { message: `must be between ${min} and ${max}`, at: '/max_files' }
})

const buttons: Record<string, Check> = {
  button,
  overflow: all(choices(limits.overflow.options)),
  workflow_button: button,
}

/** An image, in a block of its own or among other elements. */
export const image = all(
  shape({ alt_text: atMost(limits.image.alt_text) }, { image_url: atMost(limits.image.image_url), title: plain(2000) }),
  rule(({ image_url, slack_file }) =>
    image_url || slack_file ? undefined : { message: 'missing required field: image_url' },
  ),
)

/** What an `actions` block may hold. */
export const actionElement = byType({ ...buttons, ...pickers })

/** What may stand beside a section. */
export const accessory = byType({ ...buttons, ...pickers, image })

/** What an `input` block may hold. */
export const inputElement = byType({
  ...pickers,
  plain_text_input: plainTextInput,
  number_input: all(
    plainTextInput,
    rule(({ is_decimal_allowed: allowed }) =>
      typeof allowed === 'boolean' ? undefined : { message: 'missing required field: is_decimal_allowed' },
    ),
  ),
  email_text_input: plainTextInput,
  url_text_input: plainTextInput,
  rich_text_input: select(),
  file_input: fileInput,
})

/** What a `context` block may hold. */
export const contextElement = byType({ image, plain_text: plain(), mrkdwn: anyText() })

/** What a `context_actions` block may hold. */
export const contextAction = byType({
  feedback_buttons: shape({ positive_button: feedbackButton, negative_button: feedbackButton }, interactive),
  icon_button: shape(
    { text: plain(limits.button.text.max_length) },
    { ...interactive, visible_to_user_ids: list(str(), { max: limits.icon_button.visible_to_user_ids.max_items }) },
  ),
})
