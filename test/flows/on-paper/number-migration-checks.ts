import { check, fail, pass, unknown, warn } from '../../../src/flows/engine/define.ts'
import type { Finding, Step, View } from '../../../src/flows/engine/types.ts'

/** A value a platform gave, or nobody knows: then a person attests. */
const judge = <T>(value: T | undefined, rule: (value: T) => Finding): Finding =>
  value === undefined ? unknown() : rule(value)

const is = (good: boolean, name: string, value: string | boolean): Finding =>
  good ? pass({ [name]: value }) : fail({ [name]: value })

export const brazilian = ({ answers }: View) => String(answers.number ?? '').startsWith('55')

/** 13 digits with a 9 after the area code is "with", 12 digits is "without" (nm-c10, "Brazil rule"). */
export function extraNine(digits: string): 'with' | 'without' | undefined {
  if (digits.length === 13 && digits[4] === '9') return 'with'
  return digits.length === 12 ? 'without' : undefined
}

function metaOwner({ facts, answers }: View): Finding {
  const { ownershipType, ownerBusinessId } = facts.account ?? {}
  if (ownershipType === 'ON_BEHALF_OF') return fail({ ownership_type: ownershipType })
  return judge(ownerBusinessId, (id) => is(id === answers['meta-business'], 'owner_business_id', id))
}

function sourceLive({ facts }: View): Finding {
  const { reviewStatus } = facts.account ?? {}
  const { status, accountMode } = facts.phone ?? {}
  if (reviewStatus === undefined || status === undefined || accountMode === undefined) return unknown()
  const live = reviewStatus === 'APPROVED' && status === 'CONNECTED' && accountMode === 'LIVE'
  return live ? pass() : fail({ review: reviewStatus, status, account_mode: accountMode })
}

/** At most 48 hours old on the "just created" path; a warning for an existing one (K2). */
function freshWaba({ answers, now }: View): Finding {
  const created = answers['waba-created-on']
  if (typeof created !== 'string') return unknown()
  if (now - Date.parse(created) <= 72 * 3_600_000) return pass({ created })
  return answers['waba-mode'] === 'existing' ? warn({ created }) : fail({ created })
}

const nameApproved = ({ facts }: View): Finding =>
  judge(facts.phone?.nameStatus, (status) => {
    const next = facts.phone?.newNameStatus ?? 'NONE'
    if (status === 'AVAILABLE_WITHOUT_REVIEW') return warn({ name_status: status })
    return is(status === 'APPROVED' && next === 'NONE', 'name_status', status)
  })

/** Two-step is off at the source. */
export const twoStepOff = ({ facts }: View): Finding =>
  judge(facts.phone?.isPinEnabled, (on) => is(!on, 'is_pin_enabled', on))

const verified = ({ facts }: View): Finding =>
  judge(facts.business?.verificationStatus ?? facts.account?.verificationStatus, (status) =>
    is(status.toLowerCase() === 'verified', 'verification_status', status),
  )

/** Arriving at 360dialog registers the number, and that switches two-step on again. */
const notYetHere = ({ outcomes }: View) => outcomes['number-submitted'] === undefined

/** What must hold before the client starts (nm-c1 … nm-c17 without the two that come with the new WABA). */
export const before: readonly Step[] = [
  check('not-at-360dialog', {
    ref: 'nm-c17',
    owner: 'support',
    needs: ['channel'],
    once: true,
    passes: ({ readings }) => (readings.channel?.state === 'absent' ? pass() : fail()),
  }),
  check('meta-admin', { ref: 'nm-c1', owner: 'client', passes: unknown }),
  check('meta-owner', { ref: 'nm-c2', owner: 'client', needs: ['account'], passes: metaOwner }),
  check('business-verified', {
    ref: 'nm-c4',
    owner: 'client',
    needs: ['business', 'account'],
    every: 'slow',
    passes: verified,
  }),
  check('two-step-off', {
    ref: 'nm-c5',
    owner: 'client',
    when: notYetHere,
    needs: ['phone'],
    every: 'poll',
    within: 'P3D',
    remind: 'PT24H',
    atLimit: 'escalate',
    announce: true,
    passes: twoStepOff,
  }),
  check('name-approved', { ref: 'nm-c6', owner: 'client', needs: ['phone'], every: 'slow', passes: nameApproved }),
  check('website-live', { ref: 'nm-c7', owner: 'client', passes: unknown }),
  check('line-reachable', { ref: 'nm-c8', owner: 'client', passes: unknown }),
  check('source-live', { ref: 'nm-c9', owner: 'client', needs: ['account', 'phone'], passes: sourceLive }),
  check('extra-nine', {
    ref: 'nm-c10',
    owner: 'client',
    when: brazilian,
    passes: ({ answers }) => (extraNine(String(answers.number)) === answers['spelled-with-nine'] ? pass() : fail()),
  }),
  check('cloud-enabled', { ref: 'nm-c11', owner: 'partner', passes: unknown }),
  check('badge-stays', {
    ref: 'nm-c13',
    owner: 'client',
    when: ({ answers }) => answers.badge === true,
    passes: unknown,
  }),
  check('not-in-the-app', {
    ref: 'nm-c14',
    owner: 'client',
    needs: ['phone'],
    passes: ({ facts }) =>
      judge(facts.phone?.accountMode, (mode) =>
        is(facts.phone?.isOnBizApp !== true && mode !== 'SANDBOX', 'account_mode', mode),
      ),
  }),
  check('redirect-url', {
    ref: 'nm-c16',
    owner: 'partner',
    when: ({ answers }) => answers.payment === 'direct',
    passes: unknown,
  }),
]

/** What can be judged only when the new WABA is there. */
export const destination: readonly Step[] = [
  check('same-business', { ref: 'nm-c3', owner: 'client', after: ['create-waba'], passes: unknown }),
  check('waba-is-new', { ref: 'nm-c12', owner: 'client', after: ['create-waba'], once: true, passes: freshWaba }),
  check('destination-can-pay', { ref: 'nm-c15', owner: 'partner', after: ['create-waba'], passes: unknown }),
]
