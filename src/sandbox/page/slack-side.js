import { goTo } from './acts.js'
import { h } from './dom.js'
import { visible } from './slack-rows.js'
import { change, page } from './state.js'

/** The direct messages of the chosen person with Portdesk. */
export const directMessages = () => page.world.slack.channels.find((one) => one.id === `D${page.ui.slackUser.slice(1)}`)

const seenName = (channel) => `${page.ui.slackUser}/${channel.id}`

/** Remembers that the chosen person has seen the channel's last message. */
export function markSeen(channel) {
  const last = visible(channel).at(-1)?.ts
  if (!last || page.ui.seen[seenName(channel)] === last) return
  queueMicrotask(() => change({ seen: { ...page.ui.seen, [seenName(channel)]: last } }))
}

function unread(channel) {
  const last = Number(page.ui.seen[seenName(channel)] ?? 0)
  return visible(channel).some((message) => message.user !== page.ui.slackUser && Number(message.ts) > last)
}

/** The list of places on the left: who one is, the channels, and the app. */
export function sidebar() {
  const at = page.ui.slackPlace
  const direct = directMessages()
  return h('nav', { key: 'side', class: 'slack-side', 'aria-label': 'Slack channels' }, [
    h('div', { class: 'workspace' }, [
      h('span', { class: 'logo', 'aria-hidden': 'true' }, '✳'),
      h('b', {}, 'Slack'),
      h('small', {}, 'your team'),
    ]),
    userSwitch(),
    h('p', { class: 'side-label' }, 'Channels'),
    h('ul', {}, [
      page.world.slack.channels
        .filter((channel) => channel.id.startsWith('C'))
        .map((channel) => {
          const dot = channel.id !== at && unread(channel)
          return place({ id: channel.id, sign: '#', name: channel.name, dot, testid: `channel-${channel.name}` })
        }),
    ]),
    h('p', { class: 'side-label' }, 'Apps'),
    h('ul', {}, [
      place({ id: 'home', sign: '⌂', name: 'Portdesk', testid: 'slack-home' }),
      direct &&
        place({ id: 'dm', sign: '✉', name: 'Messages', dot: at !== 'dm' && unread(direct), testid: 'slack-dm' }),
    ]),
  ])
}

function place({ id, sign, name, dot = false, testid }) {
  return h(
    'li',
    { key: id },
    h(
      'button',
      {
        type: 'button',
        class: `place ${dot ? 'unread' : ''}`,
        'aria-current': id === page.ui.slackPlace ? 'true' : undefined,
        'data-testid': testid,
        onclick: () => goTo(id),
      },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      name,
      dot && h('span', { class: 'dot', title: 'Unread' }, h('span', { class: 'hidden' }, ' (unread)')),
    ),
  )
}

function userSwitch() {
  return h('label', { class: 'switch' }, [
    h('span', { class: 'switch-label' }, 'You are'),
    h(
      'select',
      {
        'data-testid': 'slack-user',
        onchange: (event) => goTo(page.ui.slackPlace, event.currentTarget.value),
        after: (element) => {
          element.value = page.ui.slackUser
        },
      },
      page.world.slack.users.map((user) =>
        h('option', { key: user.id, value: user.id }, user.title ? `${user.name} (${user.title})` : user.name),
      ),
    ),
  ])
}
