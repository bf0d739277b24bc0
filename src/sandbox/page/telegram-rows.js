import { post } from './api.js'
import { ask } from './dialog.js'
import { h } from './dom.js'
import { glowWhenChanged, stickToEnd } from './motion.js'
import { page } from './state.js'
import { telegramHtml } from './telegram-html.js'
import { avatar, clockText, dateText, dayText, link } from './text.js'
import { toast } from './toast.js'

/** How many messages of a chat are drawn; older ones are still in the sandbox's state. */
const drawn = 150

/** The first name of a Telegram user, the bot's otherwise. */
export const nameOf = (id) => page.world.telegram.users.find((user) => user.id === id)?.name ?? 'Portdesk'
const ms = (message) => Date.parse(message.date)

/** The messages of a chat as bubbles; `user` is the person who looks at them. */
export function bubbles(chat, user) {
  const rows = chat.messages.slice(-drawn)
  return h(
    'div',
    {
      key: 'list',
      class: 'tg-list',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': `Messages of ${chat.title}`,
      after: stickToEnd,
    },
    rows.length === 0 && h('p', { key: 'empty', class: 'empty' }, 'No messages here yet. Send /start to begin.'),
    rows.map((message, index) => {
      const day = dayText(ms(message))
      const newDay = index === 0 || dayText(ms(rows[index - 1])) !== day
      return [
        newDay && h('div', { key: `day-${message.message_id}`, class: 'tg-day' }, h('span', {}, day)),
        bubble(chat, message, user),
      ]
    }),
  )
}

function bubble(chat, message, user) {
  const own = message.from === user
  const group = chat.type !== 'private'
  return h('div', { key: message.message_id, class: `bubble-row ${own ? 'own' : ''}` }, [
    group && !own && avatar(nameOf(message.from), message.bot ? 'round bot tiny' : 'round tiny'),
    h('div', { class: 'bubble-column' }, [
      h(
        'article',
        {
          class: 'bubble',
          'data-testid': 'telegram-message',
          'data-message-id': message.message_id,
          after: (element, fresh) => glowWhenChanged(element, fresh, message.edited),
        },
        group && !own && h('b', { class: 'from' }, nameOf(message.from)),
        message.reply_to && quoted(chat, message.reply_to),
        message.document && file(message.document),
        h('div', { class: 'bubble-text' }, telegramHtml(message.html)),
        h('time', { title: dateText(ms(message)) }, `${message.edited ? 'edited ' : ''}${clockText(ms(message))}`),
      ),
      message.keyboard && keyboard(chat, message, user),
    ]),
  ])
}

function quoted(chat, id) {
  const original = chat.messages.find((message) => message.message_id === id)
  return h(
    'div',
    { class: 'quoted' },
    h('b', {}, original ? nameOf(original.from) : 'Message'),
    h('span', {}, original?.text.split('\n')[0] ?? ''),
  )
}

const file = ({ name, content }) =>
  h('details', { class: 'file' }, h('summary', {}, `📄 ${name}`), h('pre', {}, content))

function keyboard(chat, message, user) {
  return h(
    'div',
    { class: 'keyboard' },
    message.keyboard.map((row) =>
      h(
        'div',
        { class: 'keyboard-row' },
        row.map((button) => (button.url ? urlButton(button) : pressButton(chat, message, user, button))),
      ),
    ),
  )
}

function urlButton({ text, url }) {
  const made = link(url, `${text} ↗`)
  return made.tag ? { ...made, props: { ...made.props, class: 'key' } } : h('span', { class: 'key' }, text)
}

function pressButton(chat, message, user, { text }) {
  const press = async (event) => {
    const key = event.currentTarget
    key.setAttribute('aria-busy', 'true')
    const answer = await post('/api/telegram/press', {
      user,
      chat: chat.id,
      message_id: message.message_id,
      button: text,
    })
    key.removeAttribute('aria-busy')
    if (answer?.alert) await ask({ text: answer.alert, yes: 'OK', testid: 'telegram-alert' })
    else if (answer?.toast) toast(answer.toast)
    else if (answer?.unanswered) toast('The bot has not answered this press.')
  }
  return h('button', { type: 'button', class: 'key', onclick: press }, text)
}
