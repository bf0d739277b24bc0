import { h, render } from './dom.js'

/**
 * Asks in a small window of its own. Resolves with true for `yes`, false for `no`, Escape or a click beside it.
 * Without `no` it is a message that is read and closed.
 */
export function ask({ title, text, yes, no, danger = false, testid }) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog')
    dialog.className = 'ask'
    dialog.dataset.testid = testid
    dialog.onclose = () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    }
    dialog.onclick = (event) => event.target === dialog && dialog.close('no')
    const button = (label, value, kind) =>
      h('button', { type: 'button', class: kind, onclick: () => dialog.close(value) }, label)
    render(dialog, [
      h('div', { class: 'ask-body' }, [
        title && h('h2', {}, title),
        h('p', {}, text),
        h('div', { class: 'ask-buttons' }, [
          no && button(no, 'no', 'sl-button'),
          button(yes, 'yes', danger ? 'sl-button danger filled' : 'sl-button primary'),
        ]),
      ]),
    ])
    document.body.append(dialog)
    dialog.showModal()
  })
}
