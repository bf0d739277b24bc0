import { post } from './api.js'
import { change, page } from './state.js'
import { toast } from './toast.js'

/** Opens a channel or the App Home; the bot hears of an opened home. */
export function goTo(id, user = page.ui.slackUser) {
  const sameRoom = id === page.ui.slackPlace && id !== 'dm'
  change({ slackPlace: id, thread: sameRoom ? page.ui.thread : null, slackUser: user })
  if (id === 'home') post('/api/slack/home', { user })
}

/** Sends what a person wrote: a slash command or a message. */
export function say({ user, channel, text, thread }) {
  const [, command, rest] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? []
  if (command) return post('/api/slack/command', { user, channel, command, text: rest })
  const mentioned = withMentions(text)
  return post('/api/slack/message', { user, channel, text: mentioned, ...(thread ? { thread_ts: thread } : {}) })
}

/** `@Ana` and `@Portdesk` become what Slack sends for them. */
function withMentions(text) {
  const people = [...page.world.slack.users, { id: 'U0PORTDESK', name: 'Portdesk' }]
  return people.reduce(
    (out, { id, name }) => out.replace(new RegExp(`(?<![\\p{L}\\p{N}<])@${name}(?![\\p{L}\\p{N}])`, 'giu'), `<@${id}>`),
    text,
  )
}

/** Writes as a partner. */
export function sayTelegram({ user, chat, text }) {
  return post('/api/telegram/message', { user, chat, text })
}

/** Presses something in a modal or a home, where Slack shows a failure only in passing. */
export async function pressInView(what) {
  const answer = await post('/api/slack/press', what)
  if (answer?.error) toast(`That did not work: ${answer.error}.`, 'error')
}
