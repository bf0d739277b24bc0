import { pressInView, say } from './acts.js'
import { blocks } from './blocks.js'
import { composer } from './composer.js'
import { h, render } from './dom.js'
import { modal } from './modal.js'
import { messageList } from './slack-rows.js'
import { directMessages, markSeen, sidebar } from './slack-side.js'
import { change, page } from './state.js'
import { chips, commandHints, slackChips, welcome } from './suggestions.js'
import { avatar } from './text.js'

const topics = {
  cases: 'Every case is a card; its thread is its history',
  alerts: 'What the platforms report about the numbers',
  lounge: 'Portdesk is not in this channel',
}

/** What stands in a room while nobody has written there. */
const empties = {
  alerts: 'All quiet. Open “Numbers” and let something happen: a number is restricted, a subscription ends.',
  lounge: 'A channel like any other. Portdesk does not read along here.',
}

const me = () => page.world.slack.users.find((user) => user.id === page.ui.slackUser) ?? page.world.slack.users[0]

/** Draws the Slack workspace. */
export function drawSlack(root) {
  const { slackPlace: at, thread } = page.ui
  const channel = at === 'dm' ? directMessages() : page.world.slack.channels.find((one) => one.id === at)
  if (channel) markSeen(channel)
  const threadRoot = channel?.messages.find((message) => message.ts === thread)
  render(root, [
    sidebar(),
    h('div', { key: 'stage', class: 'slack-stage' }, [
      channel ? room(channel) : home(),
      threadRoot && threadPanel(channel, threadRoot.ts),
    ]),
    modal(),
  ])
}

function room(channel) {
  const user = me()
  const direct = channel.id.startsWith('D')
  const title = direct ? 'Portdesk' : `# ${channel.name}`
  return h('section', { key: `room-${channel.id}`, class: 'slack-room', 'aria-label': title }, [
    h('header', { class: 'room-head' }, [
      direct && avatar('Portdesk', 'bot'),
      h('h2', {}, title),
      h('p', {}, direct ? `Direct messages with ${user.name}` : (topics[channel.name] ?? '')),
    ]),
    messageList(channel, { empty: empty(channel, direct) }),
    composer({
      key: `slack-${channel.id}`,
      testid: 'slack-composer',
      label: `Message to ${title}`,
      placeholder: `Message ${direct ? title : `#${channel.name}`} as ${user.name}, or /portdesk`,
      send: (text) => say({ user: user.id, channel: channel.id, text }),
      hints: commandHints,
      before: chips('Ana', slackChips()),
    }),
  ])
}

function empty(channel, direct) {
  if (channel.name === 'cases') return welcome()
  const text = direct ? 'What Portdesk tells you alone will stand here.' : empties[channel.name]
  return text && h('p', { key: 'empty', class: 'empty' }, text)
}

function threadPanel(channel, thread) {
  const close = () => change({ thread: null })
  return h(
    'aside',
    { key: `thread-${thread}`, class: 'slack-thread', 'aria-label': 'Thread', 'data-testid': 'slack-thread' },
    [
      h('header', { class: 'room-head' }, [
        h('h2', {}, 'Thread'),
        h('p', {}, channel.id.startsWith('D') ? 'Portdesk' : `# ${channel.name}`),
        h('button', { type: 'button', class: 'close', 'aria-label': 'Close thread', onclick: close }, '✕'),
      ]),
      messageList(channel, { thread }),
      composer({
        key: `slack-${channel.id}-${thread}`,
        testid: 'slack-thread-composer',
        label: 'Reply in the thread',
        placeholder: `Reply as ${me().name}…`,
        send: (text) => say({ user: me().id, channel: channel.id, text, thread }),
      }),
    ],
  )
}

function home() {
  const user = me()
  const shown = page.world.slack.homes.find((one) => one.user === user.id)
  const act = (what) => pressInView({ user: user.id, view_id: shown.view_id ?? shown.view.id, ...what })
  return h(
    'section',
    { key: 'home', class: 'slack-room', 'aria-label': 'Portdesk home', 'data-testid': 'slack-home-view' },
    [
      h('header', { class: 'room-head' }, [
        avatar('Portdesk', 'bot'),
        h('h2', {}, 'Portdesk'),
        h('p', {}, `Home of ${user.name}`),
      ]),
      h('div', { key: `home-${user.id}`, class: 'home-body' }, [
        shown
          ? blocks(shown.view.blocks ?? [], { act })
          : h('p', { class: 'empty' }, `Portdesk has not shown a home to ${user.name} yet.`),
      ]),
    ],
  )
}
