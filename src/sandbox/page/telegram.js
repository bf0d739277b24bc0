import { sayTelegram } from './acts.js'
import { composer } from './composer.js'
import { h, render } from './dom.js'
import { change, page } from './state.js'
import { chips, telegramChips } from './suggestions.js'
import { bubbles, nameOf } from './telegram-rows.js'
import { avatar } from './text.js'

/** Which partner a person works for, as the sandbox's desk knows them. */
const firms = { 7001: 'Brightline', 7002: 'Nordwind', 7003: 'Sabiá', 7004: 'Nordwind', 7009: 'a stranger' }

/** Draws the partners' Telegram. */
export function drawTelegram(root) {
  const { chats } = page.world.telegram
  const chat = chats.find((one) => one.id === page.ui.telegramChat) ?? chats[0]
  if (!chat) return
  markSeen(chat)
  render(root, [
    h(
      'header',
      { key: 'strip', class: 'tg-strip' },
      h('b', {}, '✈ Telegram'),
      h('small', {}, 'your partners'),
      userSwitch(chats),
    ),
    h('div', { key: 'stage', class: 'tg-stage' }, chatList(chats, chat), conversation(chat)),
  ])
}

/** Who writes in this chat: the chosen person when they are a member, else its first member. */
function speaker(chat) {
  return chat.members.includes(page.ui.telegramUser) ? page.ui.telegramUser : chat.members[0]
}

function markSeen(chat) {
  const last = chat.messages.at(-1)?.message_id
  if (last && page.ui.seen[chat.id] !== last)
    queueMicrotask(() => change({ seen: { ...page.ui.seen, [chat.id]: last } }))
}

function chatList(chats, current) {
  return h('nav', { key: 'chats', class: 'tg-side', 'aria-label': 'Telegram chats' }, [
    h(
      'ul',
      {},
      chats.map((chat) => {
        const last = chat.messages.at(-1)
        const fresh = chat.messages.filter(
          (message) => message.bot && message.message_id > (page.ui.seen[chat.id] ?? 0),
        ).length
        const title = chat.title.replace(/ x Portdesk$/, '')
        return h(
          'li',
          { key: chat.id },
          h(
            'button',
            {
              type: 'button',
              class: 'chat',
              title: chat.title,
              'data-testid': `chat-${chat.id}`,
              'aria-current': chat === current ? 'true' : undefined,
              onclick: () => change({ telegramChat: chat.id, telegramUser: speaker(chat) }),
            },
            avatar(title, 'round'),
            h('span', { class: 'chat-text' }, [
              h('b', {}, title),
              h(
                'small',
                {},
                last ? last.text.slice(0, 60) : chat.type === 'private' ? (firms[chat.id] ?? '') : 'group',
              ),
            ]),
            fresh > 0 && h('span', { class: 'count', 'aria-label': `${fresh} unread` }, fresh),
          ),
        )
      }),
    ),
  ])
}

/** A person who is not in the open chat brings their own: their private one, or the group of Nils and Nora. */
function chooseUser(chats, user) {
  const here = chats.find((chat) => chat.id === page.ui.telegramChat)
  const room = here?.members.includes(user)
    ? here
    : (chats.find((chat) => chat.type !== 'private' && chat.members.includes(user)) ??
      chats.find((chat) => chat.id === user))
  change({ telegramUser: user, ...(room ? { telegramChat: room.id } : {}) })
}

function userSwitch(chats) {
  return h('label', { class: 'switch' }, [
    h('span', { class: 'switch-label' }, 'You are'),
    h(
      'select',
      {
        'data-testid': 'telegram-user',
        onchange: (event) => chooseUser(chats, Number(event.currentTarget.value)),
        after: (element) => {
          const chat = chats.find((one) => one.id === page.ui.telegramChat) ?? chats[0]
          element.value = speaker(chat)
        },
      },
      page.world.telegram.users.map((user) =>
        h('option', { key: user.id, value: user.id }, firms[user.id] ? `${user.name} (${firms[user.id]})` : user.name),
      ),
    ),
  ])
}

function conversation(chat) {
  const user = speaker(chat)
  const about = chat.type === 'private' ? 'bot' : `${chat.members.map(nameOf).join(', ')} and Portdesk`
  return h('section', { key: `chat-${chat.id}`, class: 'tg-chat', 'aria-label': `Chat ${chat.title}` }, [
    h('header', { class: 'room-head' }, [
      chat.type === 'private'
        ? avatar('Portdesk', 'round bot')
        : avatar(chat.title.replace(/ x Portdesk$/, ''), 'round'),
      h('div', {}, h('h2', {}, chat.type === 'private' ? 'Portdesk' : chat.title), h('p', {}, about)),
    ]),
    bubbles(chat, user),
    composer({
      key: `telegram-${chat.id}`,
      testid: 'telegram-composer',
      label: `Message as ${nameOf(user)}`,
      placeholder: `Message as ${nameOf(user)}`,
      send: (text) => sayTelegram({ user, chat: chat.id, text }),
      hints: (text) => hints(chat, text),
      before: [chips('Paula', telegramChips()), replyBar(chat)],
      beside: menu(chat, user),
    }),
  ])
}

function hints(chat, text) {
  if (!text.startsWith('/')) return []
  return chat.commands
    .map(({ command, description }) => ({ text: `/${command}`, about: description }))
    .filter((offer) => offer.text.startsWith(text) && offer.text !== text)
}

/** The bot's command menu: a choice is sent at once, as in Telegram. */
function menu(chat, user) {
  if (chat.commands.length === 0) return undefined
  const send = (event, command) => {
    event.currentTarget.closest('details').open = false
    sayTelegram({ user, chat: chat.id, text: `/${command}` })
  }
  return h('details', { key: 'menu', class: 'tg-menu', 'data-testid': 'telegram-menu' }, [
    h('summary', { role: 'button', 'aria-label': 'Commands of the bot' }, '☰', h('span', {}, ' Menu')),
    h('div', { class: 'menu' }, [
      chat.commands.map(({ command, description }) =>
        h(
          'button',
          { key: command, type: 'button', onclick: (event) => send(event, command) },
          h('b', {}, `/${command}`),
          h('span', { class: 'about' }, description),
        ),
      ),
    ]),
  ])
}

/** When the bot's last message asks for a reply, the composer says to what. */
function replyBar(chat) {
  const last = chat.messages.at(-1)
  if (!last?.force_reply) return undefined
  return h('p', { key: 'reply', class: 'reply-bar' }, h('b', {}, 'Reply to Portdesk'), h('span', {}, last.text))
}
