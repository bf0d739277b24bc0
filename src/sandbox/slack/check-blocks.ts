import { all, byType, type Check, complaints, list, rule, shape, str } from './check.ts'
import {
  accessory,
  actionElement,
  anyText,
  contextAction,
  contextElement,
  image,
  inputElement,
  plain,
} from './check-elements.ts'
import { SlackError } from './errors.ts'
import { type Json, objects } from './json.ts'
import { blockLimits as limits, messageLimits } from './limits.ts'

const card = shape(
  {},
  {
    title: anyText(limits.card.title.max_length),
    subtitle: anyText(limits.card.subtitle.max_length),
    body: anyText(limits.card.body.max_length),
    subtext: anyText(limits.card.subtext.max_length),
    actions: list(actionElement, { max: limits.card.actions.max_items }),
  },
)

const simple: Record<string, Check> = {
  divider: () => undefined,
  rich_text: shape({ elements: list(() => undefined) }),
  call: shape({ call_id: str() }),
  file: shape({ external_id: str(), source: str() }),
  table: shape({
    rows: list(
      list(() => undefined, { max: 20 }),
      { min: 1, max: 100 },
    ),
  }),
  plan: shape({}, { title: str() }),
  task_card: shape({ task_id: str(), title: str() }),
  alert: shape({ text: anyText(limits.alert.text.max_length) }),
  card,
  carousel: shape({
    elements: list(card, { min: limits.carousel.elements.min_items, max: limits.carousel.elements.max_items }),
  }),
  container: shape({
    title: anyText(limits.container.title.max_length),
    child_blocks: list(() => undefined, { max: limits.container.child_blocks.max_items }),
  }),
  data_table: shape({
    rows: list(() => undefined, { min: limits.data_table.rows.min_items, max: limits.data_table.rows.max_items }),
  }),
  data_visualization: shape({}, { title: str({ max: limits.data_visualization.title.max_length }) }),
}

const block = byType(
  {
    ...simple,
    section: all(
      shape(
        {},
        {
          text: anyText(limits.section.text.max_length),
          fields: list(anyText(limits.section.fields.item_max_length), {
            min: 1,
            max: limits.section.fields.max_items,
          }),
          accessory,
        },
      ),
      rule(({ text, fields }) => (text || fields ? undefined : { message: 'missing required field: text' })),
    ),
    header: shape({ text: plain(limits.header.text.max_length) }),
    actions: shape({ elements: list(actionElement, { min: 1, max: limits.actions.elements.max_items }) }),
    context: shape({ elements: list(contextElement, { min: 1, max: limits.context.elements.max_items }) }),
    context_actions: shape({
      elements: list(contextAction, { min: 1, max: limits.context_actions.elements.max_items }),
    }),
    input: shape(
      { label: plain(limits.input.label.max_length), element: inputElement },
      { hint: plain(limits.input.hint.max_length) },
    ),
    image,
    markdown: shape({ text: str({ min: limits.markdown.text.min_length, max: limits.markdown.text.max_length }) }),
    video: shape(
      {
        alt_text: str({ min: limits.video.alt_text.min_length, max: limits.video.alt_text.max_length }),
        title: plain(limits.video.title.max_length),
        video_url: str(),
        thumbnail_url: str(),
      },
      {
        author_name: str({ max: limits.video.author_name.max_length }),
        description: plain(limits.video.description.max_length),
        provider_name: str({ max: limits.video.provider_name.max_length }),
      },
    ),
  },
  shape({}, { block_id: str({ max: limits.block_id.max_length }) }),
)

const twice = (ids: unknown[]) => ids.find((id, index) => id !== undefined && ids.indexOf(id) !== index)

const uniqueIds: Check = (blocks, at, report) => {
  const double = twice(objects(blocks).map(({ block_id: id }) => id))
  if (double !== undefined) report(`block_id "${String(double)}" must be unique`, at)
  for (const [index, { elements }] of objects(blocks).entries()) {
    const same = twice(objects(elements).map(({ action_id: id }) => id))
    if (same !== undefined) report(`action_id "${String(same)}" must be unique in its block`, `${at}/${index}/elements`)
  }
}

const blocksOf = (max: number, min = 0) => all(list(block, { min, max }), uniqueIds)

/**
 * The blocks of a message, checked.
 * @throws SlackError `invalid_blocks_format` when they are no list, `invalid_blocks` with Slack's messages.
 */
export function messageBlocks(blocks: unknown): Json[] {
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format')
  const wrong = complaints(blocksOf(messageLimits.blocks), blocks, '/blocks')
  if (wrong.length) throw new SlackError('invalid_blocks', wrong)
  return objects(blocks)
}

const viewFields = {
  private_metadata: str({ max: limits.view.private_metadata.max_length }),
  callback_id: str({ max: limits.view.callback_id.max_length }),
  external_id: str({ max: messageLimits.external_id }),
}

const blocks = blocksOf(limits.view.blocks.max_items, limits.view.blocks.min_items)

const submitIsThere = rule(({ blocks: list, submit }) =>
  objects(list).some(({ type }) => type === 'input') && !submit
    ? { message: 'missing required field: submit (there are input blocks)' }
    : undefined,
)

const views = {
  modal: all(
    shape(
      { title: plain(limits.view.title.max_length), blocks },
      { ...viewFields, close: plain(limits.view.close.max_length), submit: plain(limits.view.submit.max_length) },
    ),
    submitIsThere,
  ),
  home: shape({ blocks }, viewFields),
}

/**
 * A view of that type, checked.
 * @throws SlackError `invalid_arguments` with Slack's messages, or `view_too_large`.
 */
export function checkedView(view: unknown, type: 'modal' | 'home'): Json {
  const wrong = complaints(byType({ [type]: views[type] }), view, '/view')
  if (wrong.length) throw new SlackError('invalid_arguments', wrong)
  if (Buffer.byteLength(JSON.stringify(view)) > messageLimits.view) throw new SlackError('view_too_large')
  return view as Json
}
