import { get } from './api.js'

/**
 * What the page knows: `world` is the sandbox's state as it was last read; `ui` is what this person looks at. Both are
 * read by the drawing code only; changes go through `change()`.
 */
export const page = { world: undefined, ui: undefined, online: true, readAt: 0 }

const listeners = new Set()
const storeKey = 'portdesk-sandbox'
const atFirst = {
  slackUser: 'U0ANA',
  slackPlace: 'C0CASES',
  thread: null,
  telegramChat: 7001,
  telegramUser: 7001,
  seen: {},
  chips: true,
}

/** Calls `draw` after each change. */
export function onChange(draw) {
  listeners.add(draw)
}

/** Changes what this person looks at, remembers it for the next visit and draws again. */
export function change(part) {
  Object.assign(page.ui, part)
  try {
    localStorage.setItem(storeKey, JSON.stringify(page.ui))
  } catch {
    // A browser without storage forgets where it was; nothing else depends on it.
  }
  redraw()
}

export function redraw() {
  if (page.world) for (const draw of listeners) draw()
}

/** Reads the state now and again after each `changed` event. */
export function follow() {
  page.ui = { ...atFirst, ...remembered() }
  const source = new EventSource('/api/live')
  source.addEventListener('changed', refresh)
  source.onopen = () => online(true)
  source.onerror = () => online(false)
  refresh()
}

/** The sandbox's time in milliseconds. */
export function now() {
  return Date.now() + (page.world?.clock.offsetMs ?? 0)
}

let reading = false
let again = false

/** One request at a time; a change that comes meanwhile causes one more. */
export async function refresh() {
  if (reading) {
    again = true
    return
  }
  reading = true
  try {
    page.world = await get('/api/state')
    redraw()
  } catch {
    online(false)
  }
  reading = false
  if (again) {
    again = false
    refresh()
  }
}

function online(yes) {
  if (page.online === yes) return
  page.online = yes
  redraw()
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(storeKey) ?? '{}')
  } catch {
    return {}
  }
}
