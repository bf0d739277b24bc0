import { post } from './api.js'
import { blocks } from './blocks.js'
import { h } from './dom.js'
import { glowWhenChanged, stickToEnd } from './motion.js'
import { mrkdwn, userName } from './mrkdwn.js'
import { change, page } from './state.js'
import { avatar, clockText, dateText, dayText } from './text.js'

/** How many messages of a room are drawn; older ones are still in the sandbox's state. */
const drawn = 150

const ms = (message) => Number(message.ts) * 1000
const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts

/** The messages of a channel that this user can see, broadcast replies included; with `thread`, those of that thread. */
export function visible(channel, { thread } = {}) {
  const me = page.ui.slackUser
  return channel.messages.filter((message) => {
    if (message.ephemeral_to && message.ephemeral_to !== me) return false
    if (thread) return message.ts === thread || message.thread_ts === thread
    return !isReply(message) || message.broadcast
  })
}

/** A list of messages with day lines, kept at its end. `empty` stands there while there are none. */
export function messageList(channel, { thread, empty } = {}) {
  const rows = visible(channel, { thread }).slice(-drawn)
  return h(
    'div',
    {
      key: `list-${channel.id}-${thread ?? ''}-${page.ui.slackUser}`,
      class: 'slack-list',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': thread ? 'Messages of the thread' : `Messages of ${channel.name}`,
      after: stickToEnd,
    },
    rows.length === 0 && (empty ?? h('p', { key: 'empty', class: 'empty' }, 'Nothing here yet.')),
    rows.map((message, index) => {
      const before = rows[index - 1]
      const newDay = !before || dayText(ms(before)) !== dayText(ms(message))
      return [
        newDay && h('div', { key: `day-${message.ts}`, class: 'day' }, h('span', {}, dayText(ms(message)))),
        row(channel, message, { thread, compact: !newDay && follows(before, message) }),
      ]
    }),
  )
}

/** A message of the same person within five minutes stands without name and picture. */
function follows(before, message) {
  const same = before.user === message.user && before.ephemeral_to === message.ephemeral_to
  return same && !message.bot && ms(message) - ms(before) < 300_000
}

function row(channel, message, { thread, compact }) {
  const name = userName(message.user)
  return h(
    'article',
    {
      key: message.ts,
      class: `message ${compact ? 'compact' : ''} ${message.ephemeral_to ? 'ephemeral' : ''}`,
      'data-testid': 'slack-message',
      'data-ts': message.ts,
      'data-ephemeral': message.ephemeral_to ? 'yes' : undefined,
      'data-broadcast': message.broadcast && !thread ? 'yes' : undefined,
      after: (element, fresh) => glowWhenChanged(element, fresh, message.edited),
    },
    h(
      'div',
      { class: 'side' },
      compact ? h('time', {}, clockText(ms(message))) : avatar(name, message.bot ? 'bot' : ''),
    ),
    h('div', { class: 'content' }, [
      message.ephemeral_to && h('p', { class: 'only-you' }, '👁 Only visible to you'),
      !compact &&
        h('div', { class: 'who' }, [
          h('b', {}, name),
          message.bot && h('span', { class: 'app-badge' }, 'APP'),
          h('time', { class: 'when', title: dateText(ms(message)) }, clockText(ms(message))),
          message.edited && h('small', { class: 'edited' }, '(edited)'),
        ]),
      message.broadcast &&
        (thread ? h('p', { class: 'also' }, `Also sent to #${channel.name}`) : repliedTo(channel, message)),
      body(channel, message),
      (message.files ?? []).map((file) =>
        h('details', { class: 'file' }, h('summary', {}, `📄 ${file.name}`), h('pre', {}, file.content)),
      ),
      !thread && !message.ephemeral_to && threadLink(channel, message),
      !message.ephemeral_to && shortcut(channel, message),
    ]),
  )
}

/** What stands above a thread reply that was sent to the channel, too: a way to its thread. */
function repliedTo(channel, { thread_ts: root }) {
  const text = channel.messages.find((message) => message.ts === root)?.text ?? ''
  return h('p', { class: 'also' }, [
    'replied to a thread: ',
    h(
      'button',
      { type: 'button', class: 'linked', onclick: () => change({ thread: root }), 'data-testid': 'thread-of-reply' },
      text.split('\n')[0] || 'a message',
    ),
  ])
}

function body(channel, message) {
  const user = page.ui.slackUser
  if (message.blocks.length === 0) return h('div', { class: 'text' }, mrkdwn(message.text))
  const act = (what) => post('/api/slack/press', { user, channel: channel.id, ts: message.ts, ...what })
  return h('div', { class: 'blocks' }, blocks(message.blocks, { act }))
}

/** What Slack keeps in the menu of a message: the shortcut of the app. */
function shortcut(channel, { ts }) {
  const use = () =>
    post('/api/slack/shortcut', { user: page.ui.slackUser, channel: channel.id, ts, callback_id: 'explain-error' })
  return h(
    'button',
    { type: 'button', class: 'reply shortcut', onclick: use, 'data-testid': 'shortcut' },
    '⋯ Explain this error',
  )
}

function threadLink(channel, message) {
  const root = message.thread_ts ?? message.ts
  const replies = isReply(message) ? [] : visible(channel, { thread: root }).slice(1)
  const open = () => change({ thread: root })
  if (replies.length === 0) {
    return h('button', { type: 'button', class: 'reply', onclick: open, 'aria-label': 'Reply in thread' }, '💬 Reply')
  }
  const last = replies.at(-1)
  return h('button', { type: 'button', class: 'replies', onclick: open, 'data-testid': 'thread-open' }, [
    [...new Set(replies.map((reply) => userName(reply.user)))]
      .slice(0, 3)
      .map((name) => avatar(name, name === 'Portdesk' ? 'bot tiny' : 'tiny')),
    h('b', {}, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
    h('span', {}, `Last one at ${clockText(ms(last))}`),
  ])
}
