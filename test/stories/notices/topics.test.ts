import { expect, test } from 'vitest'
import { type Person, telegramPerson } from '../../kit/people.ts'
import { openStage, type Stage } from '../../kit/stage.ts'
import { postsAbout } from './posts.ts'
import { allTold } from './rooms.ts'

interface Forum {
  general: Person
  templates: Person
  lunch: Person
  /** A template of one of Nordwind's numbers is rejected. */
  reject(name: string): Promise<void>
}

/** Nordwind's group gets topics, for which it becomes a supergroup: Nils in "General" and in two of them. */
async function openForum(stage: Stage): Promise<Forum> {
  const { chat: forum } = (await stage.post('/api/telegram/upgrade', { chat: -100200300 })) as { chat: number }
  const nilsIn = async (name: string) => {
    const { topic } = (await stage.post('/api/telegram/topic', { chat: forum, name })) as { topic: number }
    return telegramPerson(stage, 7002, forum, topic)
  }
  const [templates, lunch] = [await nilsIn('Templates'), await nilsIn('Lunch')]
  const number = stage.sandbox.state().numbers.find(({ partner }) => partner === 'NordwnPA')
  if (!number) throw new Error('Nordwind has no number')
  return {
    general: telegramPerson(stage, 7002, forum),
    templates,
    lunch,
    async reject(name) {
      const at = Math.floor(stage.sandbox.clock.now() / 1000)
      const value = { event: 'REJECTED', reason: 'INVALID_FORMAT' }
      const post = postsAbout(number, at).template('message_template_status_update', name, value)
      await stage.world({ event: post })
      await allTold(stage)
    },
  }
}

test('Whoever subscribes in a topic with a press hears of it in that topic, and can act there', async () => {
  await using stage = await openStage({ notices: true })
  const { general, templates, lunch, reject } = await openForum(stage)
  await templates.says('/subscribe')
  await templates.presses('Templates', /What shall this room hear of/)
  await templates.sees(/This topic hears of: Templates/)
  await reject('order_update')
  await templates.sees(/order_update \(de\) was rejected/)
  await templates.presses('Details', /order_update \(de\) was rejected/)
  await templates.presses('Acknowledge', /order_update \(de\) was rejected/)
  await templates.sees(/acknowledged by Nils/)
  // The set-up sends it to the chat itself, which is another room with a message of its own.
  await general.sees(/order_update \(de\) was rejected/)
  expect(general.texts().join()).not.toMatch(/subscribe|This topic|acknowledged/)
  expect(lunch.texts()).toEqual([])
})

test('A topic lists and ends its own subscriptions only', async () => {
  await using stage = await openStage({ notices: true })
  const { general, templates, lunch, reject } = await openForum(stage)
  await templates.says('/subscribe templates')
  await templates.sees(/This topic hears of: Templates/)
  await lunch.says('/subscribe templates critical')
  await lunch.says('/subscribe templates warning')
  await lunch.sees(/This topic hears of: Templates · Warning/)
  await templates.says('/subscriptions')
  await templates.sees(/^1 subscription\n[\s\S]*#1 Templates/)
  await templates.says('/unsubscribe 3')
  await templates.sees(/This topic has no subscription #3/)
  await general.says('/subscriptions')
  const all = await general.sees(/^3 subscriptions/)
  expect(all.match(/in topic \d+/g)).toHaveLength(3)
  await templates.presses('Remove #1: Templates', /^1 subscription/)
  await templates.sees(/This topic has not subscribed to anything/)
  await reject('order_update')
  await lunch.sees(/order_update \(de\) was rejected/)
  expect(templates.canSee(/order_update/)).toBe(false)
})
