import { get, post } from './api.js'
import { h, render } from './dom.js'
import { now, page, redraw } from './state.js'
import { talkedAbout } from './talked-about.js'
import { dateText } from './text.js'
import { toast } from './toast.js'

const steps = [
  ['PT10M', '+10 min'],
  ['PT1H', '+1 h'],
  ['PT24H', '+24 h'],
  ['PT72H', '+72 h'],
]

const advance = (duration) => post('/api/clock', { advance: duration })

/** Draws the sandbox's time and the buttons that move it. */
export function drawClock(root) {
  render(root, [
    h('span', { class: 'clock-now', title: 'The sandbox’s time' }, [
      h('span', { class: 'hidden' }, 'Sandbox time '),
      h('b', { 'data-testid': 'clock' }, dateText(now())),
      page.world.clock.offsetMs > 60_000 && h('small', {}, ahead(page.world.clock.offsetMs)),
    ]),
    h('span', { class: 'group', role: 'group', 'aria-label': 'Move the clock forward' }, [
      steps.map(([duration, label]) =>
        h(
          'button',
          { key: duration, type: 'button', 'data-testid': `clock-${duration}`, onclick: () => advance(duration) },
          label,
        ),
      ),
    ]),
    h('form', { class: 'group', onsubmit: custom }, [
      h('input', { type: 'number', name: 'count', min: 1, max: 999, 'aria-label': 'How many', first: { value: '7' } }),
      h('select', { name: 'unit', 'aria-label': 'Unit' }, [
        h('option', { value: 'T$M' }, 'min'),
        h('option', { value: 'T$H' }, 'hours'),
        h('option', { value: '$D', selected: true }, 'days'),
        h('option', { value: '$W' }, 'weeks'),
      ]),
      h('button', { 'data-testid': 'clock-custom' }, 'Go'),
    ]),
  ])
}

function custom(event) {
  event.preventDefault()
  const { count, unit } = event.currentTarget.elements
  advance(`P${unit.value.replace('$', String(Number(count.value)))}`)
}

function ahead(ms) {
  const hours = Math.round(ms / 3_600_000)
  if (hours < 1) return `+${Math.round(ms / 60_000)} min`
  return hours < 72 ? `+${hours} h` : `+${Math.round(hours / 24)} days`
}

let buttons = {}
let filter = ''
let world

/** Draws the numbers with their levers, those of the chats first; levers are read again after each change of the world. */
export function drawNumbers(root) {
  if (world !== page.world) {
    world = page.world
    get('/api/levers').then(
      (answer) => {
        buttons = answer.numbers
        redraw()
      },
      () => undefined,
    )
  }
  const talked = talkedAbout()
  const numbers = [...world.numbers, ...(world.elsewhere ?? [])].filter(found)
  const all = numbers.length <= 3
  const inChats = numbers.filter(({ phone }) => talked.has(phone))
  const others = numbers.filter(({ phone }) => !talked.has(phone))
  render(root, [
    h('header', {}, [
      h('h2', {}, 'Numbers'),
      h('input', {
        type: 'search',
        placeholder: 'Find a number',
        'aria-label': 'Find a number',
        oninput: (event) => {
          filter = event.currentTarget.value.trim().toLowerCase()
          redraw()
        },
      }),
    ]),
    h(
      'p',
      { class: 'drawer-about' },
      'What happens outside: at Meta, at 360dialog, at the client. Portdesk must find out by itself.',
    ),
    trouble(),
    numbers.length === 0 && h('p', { class: 'empty' }, 'No number reads so.'),
    inChats.length > 0 && h('p', { key: 'in-chats', class: 'drawer-label' }, 'In the chats'),
    inChats.map((number) => card(number, { all })),
    inChats.length > 0 && others.length > 0 && h('p', { key: 'others', class: 'drawer-label' }, 'All others'),
    others.map((number) => card(number, { all })),
  ])
}

/** Whether the number is searched for: by its name, by what makes it special, or by its digits however they are written. */
function found({ name, phone, note }) {
  const digits = filter.replace(/[+\s()-]/g, '')
  return `${name} ${note}`.toLowerCase().includes(filter) || (/^\d+$/.test(digits) && phone.includes(digits))
}

/** How many of a number's levers stand in the open; the others wait behind "More". */
const inTheOpen = 4

function card(number, { all }) {
  const levers = (buttons[number.phone] ?? []).map(({ label, body }) =>
    h('button', { key: label, type: 'button', 'data-testid': 'lever', onclick: () => pull(body) }, label),
  )
  return h('article', { key: number.phone, class: 'number', 'data-testid': `number-${number.phone}` }, [
    h('h3', {}, number.name, h('code', {}, `+${number.phone}`)),
    h('p', { class: 'pills' }, [
      pill(number.status.toLowerCase(), number.status === 'CONNECTED' ? 'good' : 'plain'),
      number.pin === null
        ? pill('2FA unknown', 'plain')
        : pill(number.pin ? '2FA on' : '2FA off', number.pin ? 'warn' : 'good'),
      number.hub_status !== 'live' && pill(number.hub_status.replaceAll('_', ' '), 'plain'),
      pill(`quality ${number.quality.toLowerCase()}`, qualities[number.quality] ?? 'plain'),
    ]),
    h('p', { class: 'note' }, number.note),
    h('p', { class: 'levers' }, all ? levers : levers.slice(0, inTheOpen)),
    !all &&
      levers.length > inTheOpen &&
      h(
        'details',
        { key: 'more', class: 'more' },
        h('summary', { class: 'more-label' }, 'More'),
        h('p', { class: 'levers' }, levers.slice(inTheOpen)),
      ),
  ])
}

const faults = [
  ['Lose all webhooks', { webhooks: false }],
  ['Send webhooks again', { webhooks: true }],
  ['Send each webhook twice', { duplicate: true }],
  ['Send each webhook once', { duplicate: false }],
  ['Hub: error 500, 3 times', { fault: { system: 'hub', kind: '500', times: 3 } }],
  ['Meta: too many requests', { fault: { system: 'graph', kind: '429', times: 3, retryAfter: 2 } }],
  ['Slack: slow for 3 calls', { fault: { system: 'slack', kind: 'delay', ms: 3000, times: 3 } }],
  ['Telegram: cut the line once', { fault: { system: 'telegram', kind: 'cut', times: 1 } }],
  ['All faults off', { faults: [], webhooks: true, duplicate: false }],
]

/** Faults of the platforms and of the way between them and the bot. */
function trouble() {
  const on = world.faults.length
  return h('details', { key: 'trouble', class: 'more trouble' }, [
    h('summary', { class: 'more-label' }, 'Make trouble', on > 0 && h('span', { class: 'pill bad' }, `${on} on`)),
    h(
      'p',
      { class: 'levers' },
      faults.map(([label, body]) =>
        h('button', { key: label, type: 'button', 'data-testid': 'trouble', onclick: () => pull(body) }, label),
      ),
    ),
  ])
}

/** Pulls a lever and says what happened, in the sandbox's own words. */
async function pull(body) {
  const answer = await post('/api/world', body)
  if (answer?.done) toast(answer.done.join(' '))
}

const qualities = { GREEN: 'good', YELLOW: 'warn', RED: 'bad' }
const pill = (text, kind) => h('span', { class: `pill ${kind}` }, text)
