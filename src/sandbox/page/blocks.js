import { h } from './dom.js'
import { blockElement, fieldId } from './elements.js'
import { withEmoji } from './emoji.js'
import { mrkdwn, textObject } from './mrkdwn.js'
import { richText } from './rich-text.js'
import { safeUrl } from './text.js'

/**
 * Blocks of a message, a modal or a home as nodes. `act({action_id, block_id, value})` is told when a person uses an
 * element, `errors` holds what is wrong by block id.
 */
export function blocks(list, { act, errors = {} }) {
  return list.map((block, index) => {
    const draw = drawers[block.type]
    const key = `${block.block_id ?? index}:${block.type}`
    if (!draw) return h('div', { key, class: 'unknown' }, `(a ${block.type} block is not shown in the sandbox)`)
    return h('div', { key, class: `block ${block.type}` }, draw(block, act, errors[block.block_id]))
  })
}

/** Elements keyed by action id, so that a changed button does not take over the state of the one before it. */
const elements = (list, block, act) =>
  list.map((element, index) => h('span', { key: element.action_id ?? index }, blockElement(element, block, act)))

const drawers = {
  header: (block) => h('h3', {}, textObject(block.text)),
  divider: () => h('hr'),
  section: (block, act) => [
    h('div', { class: 'section-text' }, [
      block.text && h('div', { class: 'text' }, textObject(block.text)),
      block.fields &&
        h(
          'div',
          { class: 'fields' },
          block.fields.map((field) => h('div', {}, textObject(field))),
        ),
    ]),
    block.accessory && h('div', { class: 'accessory' }, elements([block.accessory], block, act)),
  ],
  context: (block) =>
    block.elements.map((element) => (element.type === 'image' ? picture(element) : h('span', {}, textObject(element)))),
  actions: (block, act) => elements(block.elements, block, act),
  context_actions: (block, act) => elements(block.elements, block, act),
  image: (block) => [block.title && h('div', { class: 'image-title' }, textObject(block.title)), picture(block)],
  input: (block, act, error) => [
    h('label', { class: 'input-label', for: fieldId(block) }, [
      textObject(block.label),
      block.optional && h('span', { class: 'optional' }, ' (optional)'),
    ]),
    elements([block.element], block, act),
    error && h('p', { class: 'input-error', role: 'alert', 'data-testid': 'slack-error' }, withEmoji(error)),
    block.hint && h('p', { class: 'hint' }, textObject(block.hint)),
  ],
  markdown: (block) => h('div', { class: 'text' }, markdown(block.text)),
  rich_text: (block) => richText(block.elements),
  table: (block) => h('table', {}, h('tbody', {}, (block.rows ?? []).map(tableRow))),
}

function tableRow(row) {
  return h(
    'tr',
    {},
    row.map((cell) => h('td', {}, cell.type === 'rich_text' ? richText(cell.elements) : (cell.text ?? ''))),
  )
}

/** A picture when the sandbox itself holds it; nothing is ever fetched from outside. */
function picture({ image_url: url, alt_text: alt }) {
  const own = url?.startsWith('data:image/') || (safeUrl(url) && new URL(url).origin === location.origin)
  return own ? h('img', { src: url, alt }) : h('span', { class: 'thumb', role: 'img', 'aria-label': alt }, alt ?? '🖼')
}

/** Standard Markdown, as far as messages use it, read as mrkdwn. */
function markdown(text) {
  const own = text
    .replace(/^#{1,6}\s+(.*)$/gm, '**$1**')
    .replace(/(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)/g, '_$1_')
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/~~([^~\n]+)~~/g, '~$1~')
    .replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '<$2|$1>')
    .replace(/^(\s*)[-*]\s+/gm, '$1• ')
  return mrkdwn(own)
}
