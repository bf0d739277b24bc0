import { h, render } from './dom.js'

const shown = []

/** Shows a sentence for a few seconds, in a place where screen readers hear it. `kind` is `info` or `error`. */
export function toast(text, kind = 'info') {
  const one = { text, kind, id: `t${performance.now()}` }
  shown.push(one)
  if (shown.length > 3) shown.shift()
  draw()
  setTimeout(
    () => {
      const at = shown.indexOf(one)
      if (at >= 0) shown.splice(at, 1)
      draw()
    },
    kind === 'error' ? 8000 : 3500,
  )
}

function draw() {
  render(
    document.getElementById('toasts'),
    shown.map((one) => h('div', { key: one.id, class: `toast ${one.kind}`, 'data-testid': 'toast' }, one.text)),
  )
}
