import { test } from 'vitest'
import { openReleaseCase } from '../kit/cases.ts'
import { openStage } from '../kit/stage.ts'

test('The same story works over Socket Mode and long polling', async () => {
  await using stage = await openStage({ sockets: true })
  await openReleaseCase(stage)
  await stage.ana.presses('Accept', /PD-1/)
  await stage.paula.sees(/Ana accepted: Release by support/)
})
