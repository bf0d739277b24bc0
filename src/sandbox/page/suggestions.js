import { goTo, say, sayTelegram } from './acts.js'
import { h } from './dom.js'
import { change, page } from './state.js'

const commands = [
  ['/portdesk help', 'what Portdesk can do'],
  ['/portdesk status +', 'what state a number is in'],
  ['/portdesk new', 'start a guided case'],
  ['/portdesk cases', 'open cases'],
  ['/portdesk case PD-', 'show one case'],
  ['/portdesk cancel PD-', 'close a case'],
]

/** Completions for a slash command that is being typed. */
export function commandHints(text) {
  if (!text.startsWith('/') || text.includes('\n')) return []
  return commands
    .filter(([command]) => command.startsWith(text) && command !== text)
    .map(([command, about]) => ({ text: command, about }))
}

const phone = () => page.world.numbers[0]?.phone

const ana = (text) => ({
  label: text,
  act: () => {
    goTo('C0CASES', 'U0ANA')
    say({ user: 'U0ANA', channel: 'C0CASES', text })
  },
})

const partner = (label, user, chat, text) => ({
  label,
  act: () => {
    change({ telegramUser: user, telegramChat: chat })
    sayTelegram({ user, chat, text })
  },
})

const statusOf = () => ana(`/portdesk status +${phone()}`)
const paula = (text) => partner(text, 7001, 7001, text)

/** Things the support team may try first, said by Ana. */
export function slackChips() {
  return [phone() && statusOf(), ana('/portdesk new'), ana('/portdesk help')].filter(Boolean)
}

/** Things a partner may try first, said by Paula; Nils speaks in the group. */
export function telegramChips() {
  return [
    paula('/start'),
    paula('/new'),
    phone() && paula(`/status +${phone()}`),
    partner('Nils in the group: /start', 7002, -100200300, '/start'),
  ].filter(Boolean)
}

/** What stands in the first channel before anything has happened. */
export function welcome() {
  const step = (icon, title, about, act) =>
    h(
      'li',
      {},
      h('button', { type: 'button', onclick: act }, [h('i', {}, icon), h('b', {}, title), h('span', {}, about)]),
    )
  const numbers = document.querySelector('#numbers > summary')
  return h('div', { key: 'welcome', class: 'welcome' }, [
    h('h3', {}, 'Welcome to Portdesk'),
    h(
      'p',
      {},
      'Left your team in Slack, right a partner in Telegram. The desk is real, the world around it is a sandbox.',
    ),
    h('ul', {}, [
      phone() && step('🔍', 'Look a number up', `As Ana: /portdesk status +${phone()}`, statusOf().act),
      step('📋', 'Let a partner start a case', 'As Paula in Telegram: /new', paula('/new').act),
      step('🎛', 'Change something outside', 'Numbers: switch two-step off, cancel, restrict', () => numbers.click()),
      step('⏰', 'Let time pass', 'The buttons above move the clock: watch reminders and deadlines', () =>
        document.querySelector('[data-testid=clock-PT1H]').focus(),
      ),
    ]),
  ])
}

/** A row of things to try as that person, until one has had enough of them. */
export function chips(name, list) {
  if (!page.ui.chips) return undefined
  return h('div', { key: 'chips', class: 'chips', role: 'group', 'aria-label': 'Things to try' }, [
    h('span', { class: 'chips-label' }, `Try as ${name}`),
    list.map((chip) => h('button', { key: chip.label, type: 'button', class: 'chip', onclick: chip.act }, chip.label)),
    h(
      'button',
      {
        type: 'button',
        class: 'chips-close',
        'aria-label': 'Hide the suggestions',
        onclick: () => change({ chips: false }),
      },
      h('span', {}, '✕'),
    ),
  ])
}
