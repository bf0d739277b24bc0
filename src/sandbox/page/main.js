import { drawCalls } from './calls.js'
import { drawClock, drawNumbers } from './levers.js'
import { drawSlack } from './slack.js'
import { follow, onChange, page, redraw } from './state.js'
import { drawTelegram } from './telegram.js'

const at = (id) => document.getElementById(id)

onChange(() => {
  document.body.dataset.ready = 'yes'
  at('offline').hidden = page.online
  drawClock(at('clock'))
  drawSlack(at('slack'))
  drawTelegram(at('telegram'))
  if (at('numbers').open) drawNumbers(at('numbers-body'))
  drawCalls(at('calls-body'))
})

const drawers = [at('numbers'), at('calls')]
for (const drawer of drawers) {
  drawer.firstElementChild.setAttribute('role', 'button')
  drawer.firstElementChild.setAttribute('aria-expanded', 'false')
  drawer.addEventListener('toggle', () => {
    drawer.firstElementChild.setAttribute('aria-expanded', String(drawer.open))
    if (drawer.open) for (const other of drawers) if (other !== drawer) other.open = false
    redraw()
  })
  drawer.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    drawer.open = false
    drawer.firstElementChild.focus()
  })
}

document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('.overflow[open], .tg-menu[open]')) {
    if (!open.contains(event.target)) open.open = false
  }
})

setInterval(redraw, 30_000)
follow()
