import { pressInView } from './acts.js'
import { post } from './api.js'
import { blocks } from './blocks.js'
import { h } from './dom.js'
import { values } from './elements.js'
import { textObject } from './mrkdwn.js'
import { page, redraw } from './state.js'
import { toast } from './toast.js'

const errors = new Map()
const sending = new Set()

/** The topmost modal that this user has open, over the Slack side only: Telegram stays usable. */
export function modal() {
  const user = page.ui.slackUser
  const open = page.world.slack.modals.filter((one) => one.user === user).at(-1)
  if (!open) return undefined
  const { view, view_id: id } = open
  const act = (what) => pressInView({ user, view_id: id, ...what })
  const close = () => post('/api/slack/close', { user, view_id: id })
  return h('div', { key: `modal-${id}`, class: 'modal-back', tabindex: -1, onkeydown: (event) => keys(event, close) }, [
    h(
      'form',
      {
        class: 'modal',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-label': view.title?.text,
        'data-testid': 'slack-modal',
        novalidate: true,
        onsubmit: (event) => submit(event, user, id),
        after: (form, fresh) =>
          fresh && (form.querySelector('.field, .choices input') ?? form.querySelector('.sl-button'))?.focus(),
      },
      h('header', {}, [
        h('h2', {}, textObject(view.title)),
        h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: close }, '✕'),
      ]),
      h('div', { class: 'modal-body' }, blocks(view.blocks ?? [], { act, errors: errors.get(id) })),
      view.type === 'modal' &&
        h('footer', {}, [
          h(
            'button',
            { type: 'button', class: 'sl-button', onclick: close },
            view.close ? textObject(view.close) : 'Cancel',
          ),
          view.submit &&
            h(
              'button',
              { class: 'sl-button primary', 'aria-busy': sending.has(id) && 'true', 'data-testid': 'slack-submit' },
              sending.has(id) ? 'Sending…' : textObject(view.submit),
            ),
        ]),
    ),
  ])
}

/** Sends the form. Where it is refused, the first field that is wrong gets the focus. */
async function submit(event, user, id) {
  event.preventDefault()
  if (sending.has(id)) return
  const form = event.currentTarget
  const filled = values(form)
  sending.add(id)
  errors.delete(id)
  redraw()
  const answer = await post('/api/slack/submit', { user, view_id: id, values: filled })
  sending.delete(id)
  if (answer?.errors) errors.set(id, answer.errors)
  else if (answer?.error) toast(`That did not work: ${answer.error}.`, 'error')
  redraw()
  const wrong = form.querySelector('.block:has(.input-error)')
  wrong?.querySelector('.field, input')?.focus({ preventScroll: true })
  wrong?.scrollIntoView({ block: 'nearest' })
}

/** Escape closes; Tab stays inside. */
function keys(event, close) {
  if (event.key === 'Escape') return close()
  if (event.key !== 'Tab') return undefined
  const stops = [...event.currentTarget.querySelectorAll('button, input, select, textarea, a[href], summary')].filter(
    (stop) => !stop.disabled && stop.offsetParent,
  )
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  if (document.activeElement !== edge) return undefined
  event.preventDefault()
  return (event.shiftKey ? stops.at(-1) : stops[0])?.focus()
}
