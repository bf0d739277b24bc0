import { randomBytes } from 'node:crypto'
import { callLog } from '../../src/sandbox/calls.ts'
import { sandboxClock } from '../../src/sandbox/clock.ts'
import { faultSwitch } from '../../src/sandbox/faults.ts'
import type { Ground } from '../../src/sandbox/ground.ts'
import { openJournal } from '../../src/sandbox/journal.ts'

const secret = () => randomBytes(16).toString('hex')

/** A ground for tests: everything in memory, random secrets, no bot that listens. */
export function testGround(overrides: Partial<Ground> = {}): Ground {
  const journal = overrides.journal ?? openJournal()
  return {
    journal,
    clock: sandboxClock(journal),
    calls: callLog(),
    faults: faultSwitch(),
    changed: () => undefined,
    botUrl: 'http://127.0.0.1:1',
    ownUrl: 'http://127.0.0.1:1',
    secrets: {
      slackBotToken: `xoxb-${secret()}`,
      slackAppToken: `xapp-1-A0PORTDESK-${secret()}`,
      slackSigningSecret: secret(),
      telegramToken: `4242:${secret()}`,
      telegramWebhookSecret: secret(),
      graphToken: `EAA${secret()}`,
      metaAppSecret: secret(),
      metaVerifyToken: secret(),
      hubKeys: { BrghtlPA: secret(), NordwnPA: secret(), SabiaxPA: secret() },
    },
    ...overrides,
  }
}
