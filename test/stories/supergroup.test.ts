import { expect, test } from 'vitest'
import { z } from 'zod'
import type { DeskConfig } from '../../src/config.ts'
import { type Person, telegramPerson } from '../kit/people.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { postsAbout } from './notices/posts.ts'
import { allHeard } from './notices/rooms.ts'

const group = -100200300
/** A number of Nordwind's. */
const retail = '+49 40 66969101'

interface Supergroup {
  nils: Person
  nora: Person
  /** What the desk wrote to the group by its old id since then. */
  toOldId(): unknown[]
}

/** Nordwind's group becomes a supergroup, and nobody touches the set-up. */
async function upgrade(stage: Stage): Promise<Supergroup> {
  const { calls } = stage.sandbox.ground
  const { chat } = z.object({ chat: z.number() }).parse(await stage.post('/api/telegram/upgrade', { chat: group }))
  const before = calls.last()
  const toOld = z.object({ chat_id: z.union([z.literal(group), z.literal(String(group))]) })
  return {
    nils: telegramPerson(stage, 7002, chat),
    nora: telegramPerson(stage, 7004, chat),
    toOldId: () => calls.since(before).filter(({ body }) => toOld.safeParse(body).success),
  }
}

/** Meta finds fault with a number of Nordwind's. */
async function flag(stage: Stage): Promise<void> {
  const number = stage.sandbox.state().numbers.find(({ phone }) => phone === '494066969101')
  if (!number) throw new Error('Nordwind has no such number')
  const posts = postsAbout(number, Math.floor(stage.sandbox.clock.now() / 1000))
  await stage.world({
    event: posts.number('phone_number_quality_update', { event: 'FLAGGED', current_limit: 'TIER_1K' }),
  })
  await allHeard(stage)
  await stage.clock.advance('PT6S')
}

test('A group becomes a supergroup in the middle of a case: its people go on there, also after a restart', async () => {
  await using stage = await openStage({ notices: true })
  const { ana } = stage
  await stage.nils.says('/subscribe money')
  await stage.nils.says('/new cancellation')
  await stage.nils.says(retail, /Which number/)
  await stage.nils.presses('Only stop paying', /only stop paying/)
  await stage.nils.sees(/PD-1 · End a subscription/)
  await stage.quiet()

  const { nils, nora, toOldId } = await upgrade(stage)
  await nils.presses(/^Done: Client told/, /PD-1 · End a subscription/)
  await ana.sees(/✅ Client told[^\n]*\n[^\n]*Nils/)
  await nora.says(`/status ${retail}`)
  await nora.sees(/Acme Retail/)
  await nora.says('/subscriptions')
  expect(await nora.sees(/1 subscription/)).not.toContain(String(group))

  await stage.restart()
  await flag(stage)
  await nora.presses('Acknowledge', /Quality problem/)
  await nora.sees(/Quality problem[\s\S]*acknowledged by Nora/)
  await nils.presses(/^Done: Payment ended/, /Next: End the payment/)
  await nils.sees(/Done\. The partner does not pay for this number any more/)
  await stage.quiet()
  expect(toOldId()).toEqual([])
  expect(nils.texts().filter((text) => /PD-1 · End a subscription/.test(text))).toHaveLength(1)
})

test('A question that was open when the group became a supergroup is asked and answered there', async () => {
  await using stage = await openStage()
  await stage.nils.says('/new cancellation')
  await stage.nils.sees(/Which number/)
  await stage.quiet()
  const { nils } = await upgrade(stage)
  await nils.sees(/Which number/)
  await nils.says(`@portdesk_bot ${retail}`)
  await nils.presses('Only stop paying', /only stop paying/)
  await nils.sees(/PD-1 · End a subscription/)
})

test('A case that is opened in the new chat stays there, whatever other chats the partner has', async () => {
  const setUp = (desk: DeskConfig): DeskConfig => ({
    ...desk,
    partners: desk.partners.map((partner) =>
      partner.id === 'nordwind'
        ? { ...partner, telegram: [{ chat: 7004, language: 'en', timeZone: 'UTC' }, ...partner.telegram] }
        : partner,
    ),
  })
  await using stage = await openStage({ setUp })
  const { nils, toOldId } = await upgrade(stage)
  const alone = telegramPerson(stage, 7004, 7004)
  await nils.says('/new cancellation')
  await nils.says(retail, /Which number/)
  await nils.presses('Only stop paying', /only stop paying/)
  await nils.presses(/^Done: Client told/, /PD-1 · End a subscription/)
  await nils.sees(/Next: End the payment/)
  await stage.quiet()
  expect(alone.texts()).toEqual([])
  expect(toOldId()).toEqual([])
})

test('Who only says that a chat is that group learns nothing, and neither does the group lose its place', async () => {
  await using stage = await openStage()
  const { zoe } = stage
  const { nils } = await upgrade(stage)
  await zoe.says(JSON.stringify({ migrate_from_chat_id: group, migrate_to_chat_id: 7009 }))
  await zoe.says(`/status ${retail}`)
  await zoe.sees(/not linked to a partner/)
  expect(zoe.texts().join()).not.toMatch(/Acme Retail/)
  await nils.says(`/status ${retail}`)
  await nils.sees(/Acme Retail/)
})
