import { get } from './api.js'
import { h, render } from './dom.js'
import { page, redraw } from './state.js'
import { clockText } from './text.js'

const kept = 200
/** What stands before the telling part of a path. */
const prefix = /^\/(slack(\/api)?|telegram(\/bot[^/]*)?|(hub\/)?api\/v2(\/partners\/[^/]+)?|(graph\/)?v[\d.]+)\//
let calls = []
let last = 0
let world
let reading = false

/** Draws the newest requests of the bot to the fake platforms, newest first. Reads them only while it is open. */
export function drawCalls(root) {
  if (!root.closest('details').open) return
  if (world !== page.world) read()
  render(root, [
    h('header', {}, h('h2', {}, 'Calls of the bot')),
    h('p', { class: 'drawer-about' }, 'Every request that Portdesk made to the fake platforms, the newest first.'),
    calls.length === 0 && h('p', { class: 'empty' }, 'None yet.'),
    calls.map(row),
  ])
}

async function read() {
  if (reading) return
  reading = true
  world = page.world
  try {
    const answer = await get(`/api/calls?since=${last}`)
    if (answer.last < last) calls = []
    last = answer.last
    calls = [...answer.calls.reverse(), ...calls].slice(0, kept)
  } catch {
    // The sandbox is gone for the moment; the next change reads again.
  }
  reading = false
  redraw()
}

function bodyText(body) {
  if (!body) return ''
  return `\n\n${typeof body === 'string' ? body : JSON.stringify(body, null, 2)}`
}

function row(call) {
  return h('details', { key: call.n, class: 'call' }, [
    h('summary', { class: 'call-row' }, [
      h('time', {}, clockText(Date.parse(call.at))),
      h('span', { class: `system of-${call.system}` }, call.system),
      h('b', {}, call.method),
      h('span', { class: 'path', title: call.path }, call.path.replace(prefix, '').split('?')[0]),
      h('span', { class: `pill ${call.status < 400 ? 'good' : 'bad'}` }, call.status),
    ]),
    h('pre', {}, `${call.method} ${call.path}${bodyText(call.body)}`),
  ])
}
