import { z } from 'zod'
import type { Card } from '../card.ts'
import { sentence } from './answer.ts'
import { quietly } from './conduct.ts'
import { homeView } from './modal.ts'
import type { Side } from './side.ts'

const homeEvent = z.object({ event: z.object({ user: z.string(), tab: z.string() }) })

/** A person opens the App Home. */
export async function onHomeOpened(side: Side, body: unknown): Promise<void> {
  const { event } = homeEvent.parse(body)
  if (event.tab === 'home') await quietly(side, () => publishHome(side, event.user))
}

/** Shows a person the present state of their cases. */
export async function publishHome({ client, people, talk }: Side, user: string): Promise<void> {
  const actor = people.slack(user, user)
  const replies = actor ? await talk.home(actor) : talk.stranger('slack')
  const cards = replies.flatMap((reply): Card[] => {
    if (reply.do === 'form' || reply.do === 'file') return []
    return 'card' in reply ? [reply.card] : [{ title: sentence(reply) }]
  })
  await client.views.publish({ user_id: user, view: homeView(cards) })
}
