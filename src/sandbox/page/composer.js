import { h } from './dom.js'
import { redraw } from './state.js'

const drafts = new Map()

/**
 * A field to write in. Enter sends, Shift+Enter makes a new line, Tab takes the first hint. `send(text)` answers
 * `undefined` when it did not work. `hints(text)` lists completions as `{text, about}`;
 * `before` stands above the field, `beside` on its left.
 */
export function composer({ key, testid, label, placeholder, send, hints = () => [], before, beside }) {
  const text = drafts.get(key) ?? ''
  const offers = text ? hints(text) : []
  const field = (event) => event.currentTarget.closest('.composer').querySelector('textarea')
  return h('div', { key, class: 'composer' }, [
    offers.length > 0 &&
      h('div', { key: 'hints', class: 'hints', role: 'listbox', 'aria-label': 'Suggestions' }, [
        offers.map((offer) =>
          h(
            'button',
            {
              key: offer.text,
              type: 'button',
              role: 'option',
              onclick: (event) => write(field(event), key, offer.text),
            },
            h('b', {}, offer.text),
            h('span', { class: 'about' }, offer.about),
          ),
        ),
      ]),
    before,
    h('div', { key: 'line', class: 'composer-line' }, [
      beside,
      h('div', { key: 'row', class: 'composer-row' }, [
        h('textarea', {
          key: 'text',
          rows: 1,
          placeholder,
          'aria-label': label,
          'data-testid': testid,
          first: { value: text },
          oninput: (event) => {
            drafts.set(key, event.currentTarget.value)
            grow(event.currentTarget)
            redraw()
          },
          onkeydown: (event) => keys(event, key, offers, send),
        }),
        h(
          'button',
          {
            key: 'send',
            type: 'button',
            class: 'send',
            'aria-label': 'Send',
            onclick: (event) => go(field(event), key, send),
          },
          '➤',
        ),
      ]),
    ]),
  ])
}

function keys(event, key, offers, send) {
  if (event.isComposing) return
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault()
    go(event.currentTarget, key, send)
  } else if (event.key === 'Tab' && offers.length > 0 && offers[0].text !== event.currentTarget.value) {
    event.preventDefault()
    write(event.currentTarget, key, offers[0].text)
  }
}

function write(field, key, text) {
  field.value = text
  drafts.set(key, text)
  grow(field)
  field.focus()
  redraw()
}

let sending = Promise.resolve()

/** Messages leave in the order in which they were written. A text that is refused comes back to its empty field. */
function go(field, key, send) {
  const text = field.value.trim()
  if (!text) return
  write(field, key, '')
  sending = sending.then(async () => {
    const answer = await send(text)
    if (answer === undefined && field.value === '') write(field, key, text)
  })
}

function grow(field) {
  field.style.height = 'auto'
  field.style.height = `${Math.min(field.scrollHeight, 140)}px`
}
