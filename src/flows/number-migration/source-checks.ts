import { check, fail, pass, task, unknown, warn } from '../engine/define.ts'
import type { Finding, Rule, Step, View } from '../engine/types.ts'
import { comingAlong, previewTexts } from '../template-preview.ts'
import { spellings, twoSpellings } from './questions.ts'
import { atSource, directPayment } from './situation.ts'

/** A value that a platform gave, or nobody knows: then a person attests. */
export const judge = <T>(value: T | undefined, rule: (value: T) => Finding): Finding =>
  value === undefined ? unknown() : rule(value)

export const is = (good: boolean, evidence: NonNullable<Finding['evidence']>): Finding =>
  good ? pass(evidence) : fail(evidence)

export function metaOwner({ facts, answers }: View): Finding {
  const { ownershipType, ownerBusinessId } = facts.account ?? {}
  if (ownershipType === 'ON_BEHALF_OF') return fail({ ownership: 'obo' })
  return judge(ownerBusinessId, (id) => is(id === answers['meta-business'], { owner_business: id }))
}

export const businessVerified = ({ facts }: View): Finding =>
  judge(facts.business?.verificationStatus ?? facts.account?.verificationStatus, (status) =>
    is(status.toLowerCase() === 'verified', { verification_status: status }),
  )

const isPending = ({ facts }: View) =>
  /^pending/i.test(facts.business?.verificationStatus ?? facts.account?.verificationStatus ?? '')
    ? 'pending'
    : undefined

export const pinIsOff = ({ facts }: View): Finding =>
  judge(facts.phone?.isPinEnabled, (on) => is(!on, { is_pin_enabled: on }))

function nameApproved({ facts }: View): Finding {
  const { nameStatus, newNameStatus = 'NONE' } = facts.phone ?? {}
  return judge(nameStatus, (status) => {
    if (newNameStatus !== 'NONE') return fail({ name_status: status, new_name_status: newNameStatus })
    if (status === 'AVAILABLE_WITHOUT_REVIEW') return warn({ name_status: status })
    return is(status === 'APPROVED', { name_status: status })
  })
}

export function websiteLive({ answers, facts }: View): Finding {
  if (answers.website === undefined) return unknown()
  return judge(facts.website, ({ host, reachable, words }) =>
    reachable
      ? pass({ website: host })
      : fail({ website: host, ...(words !== undefined && { website_problem: words }) }),
  )
}

/** All three have to be good; one that is bad decides, also when others are not known. */
function sourceLive({ facts }: View): Finding {
  const { reviewStatus } = facts.account ?? {}
  const { status, accountMode } = facts.phone ?? {}
  const seen = [
    [reviewStatus, 'APPROVED', 'review_status'],
    [status, 'CONNECTED', 'status'],
    [accountMode, 'LIVE', 'account_mode'],
  ] as const
  const evidence = Object.fromEntries(seen.flatMap(([value, , name]) => (value === undefined ? [] : [[name, value]])))
  if (seen.some(([value, good]) => value !== undefined && value !== good)) return fail(evidence)
  return seen.some(([value]) => value === undefined) ? unknown() : pass(evidence)
}

function notInTheApp({ facts }: View): Finding {
  const { isOnBizApp, accountMode } = facts.phone ?? {}
  if (isOnBizApp === true) return fail({ on_biz_app: true })
  return judge(accountMode, (mode) => is(mode !== 'SANDBOX', { account_mode: mode }))
}

const appOrTest = ({ facts }: View) => (facts.phone?.accountMode === 'SANDBOX' ? 'test' : undefined)

const redirectUrl = ({ facts }: View): Finding =>
  judge(facts.partner, ({ redirectUrl: url }) => (url ? pass({ redirect_url: url }) : warn({ redirect_url: 'none' })))

/** What the number has now, so that it can be compared when it has arrived. Nobody has to know it. */
function whatItHas({ facts: { phone, templates } }: View): Finding {
  const { verifiedName, quality, messagingLimit, isOba } = phone ?? {}
  return pass({
    ...(verifiedName !== undefined && { verified_name: verifiedName }),
    ...(quality !== undefined && { quality }),
    ...(messagingLimit !== undefined && { messaging_limit: messagingLimit }),
    ...(isOba !== undefined && { badge: isOba }),
    ...(templates !== undefined && { templates_coming: comingAlong(templates).coming }),
  })
}

function templatesKnown({ facts }: View): Finding {
  return judge(facts.templates, (templates) => {
    const { coming, staying } = comingAlong(templates)
    const evidence = { templates_coming: coming, templates_staying: staying }
    return staying === 0 ? pass(evidence) : warn(evidence)
  })
}

/** A check about the number as it is at its source. */
const source = (id: string, rest: Omit<Parameters<typeof check>[1], 'passes'> & { passes: Rule<Finding> }): Step =>
  check(id, { ...rest, passes: atSource(id, rest.passes) })

const attested = unknown

/** What must hold before the client starts, in the order of procedures.md 1 (nm-c1 … nm-c17). */
export const sourceChecks: readonly Step[] = [
  check('before-the-move', {
    ref: 'nm-s1',
    owner: 'bot',
    needs: ['phone', 'templates'],
    once: true,
    passes: whatItHas,
  }),
  check('not-at-360dialog', {
    ref: 'nm-c17',
    owner: 'support',
    needs: ['channel'],
    once: true,
    passes: ({ readings }) => (readings.channel?.state === 'absent' ? pass({ channel: 'none' }) : unknown()),
  }),
  check('meta-admin', { ref: 'nm-c1', owner: 'client', remind: 'P2D', passes: attested }),
  source('meta-owner', {
    ref: 'nm-c2',
    owner: 'client',
    needs: ['account'],
    every: 'slow',
    passes: metaOwner,
    how: ({ facts }) => (facts.account?.ownershipType === 'ON_BEHALF_OF' ? 'on-behalf-of' : undefined),
  }),
  source('business-verified', {
    ref: 'nm-c4',
    owner: 'client',
    needs: ['business', 'account'],
    every: 'slow',
    remind: 'P3D',
    how: isPending,
    passes: businessVerified,
  }),
  source('two-step-off', {
    ref: 'nm-c5',
    owner: 'client',
    by: ['partner', 'support'],
    needs: ['phone'],
    every: 'poll',
    within: 'P3D',
    remind: 'PT24H',
    atLimit: 'escalate',
    announce: true,
    passes: pinIsOff,
  }),
  task('report-obstruction', {
    ref: 'nm-s2e',
    owner: 'support',
    when: ({ answers, outcomes }) =>
      answers.refusal === true &&
      (outcomes['two-step-off'] === undefined || outcomes['report-obstruction'] !== undefined),
    remind: 'PT24H',
    says: ({ answers }) => ({
      provider: String(answers['old-provider'] ?? '?'),
      since: String(answers['refused-since'] ?? '?'),
    }),
    announce: true,
  }),
  source('name-approved', { ref: 'nm-c6', owner: 'client', needs: ['phone'], every: 'slow', passes: nameApproved }),
  check('website-live', {
    ref: 'nm-c7',
    owner: 'client',
    needs: ['website'],
    every: 'slow',
    once: true,
    passes: websiteLive,
  }),
  check('website-right', { ref: 'nm-c7', owner: 'client', remind: 'P2D', passes: attested }),
  check('line-reachable', {
    ref: 'nm-c8',
    owner: 'client',
    remind: 'P2D',
    how: ({ answers }) => (answers['code-way'] === 'VOICE' ? 'voice' : undefined),
    passes: attested,
  }),
  source('source-live', {
    ref: 'nm-c9',
    owner: 'client',
    needs: ['account', 'phone'],
    every: 'slow',
    remind: 'P3D',
    passes: sourceLive,
  }),
  check('extra-nine', {
    ref: 'nm-c10',
    owner: 'client',
    when: twoSpellings,
    says: spellings,
    passes: (view) => {
      const { long, short, entered } = spellings(view)
      const shown = view.answers['spelled-with-nine'] === 'with' ? long : short
      return is(shown === entered, { spelling: String(shown) })
    },
  }),
  check('on-premises', {
    ref: 'nm-q-platform',
    owner: 'support',
    when: ({ answers, outcomes }) => answers.platform === 'ON_PREMISE' || outcomes['on-premises'] !== undefined,
    passes: () => warn({ platform_type: 'ON_PREMISE' }),
  }),
  check('cloud-enabled', { ref: 'nm-c11', owner: 'partner', remind: 'P2D', passes: attested }),
  check('badge-stays', {
    ref: 'nm-c13',
    owner: 'client',
    when: ({ answers }) => answers.badge === true,
    passes: attested,
  }),
  source('not-in-the-app', {
    ref: 'nm-c14',
    owner: 'client',
    needs: ['phone'],
    every: 'slow',
    how: appOrTest,
    passes: notInTheApp,
  }),
  check('redirect-url', {
    ref: 'nm-c16',
    owner: 'partner',
    when: directPayment,
    needs: ['partner'],
    every: 'slow',
    passes: redirectUrl,
  }),
  source('templates-come-along', {
    ref: 'nm-s1',
    owner: 'partner',
    needs: ['templates'],
    how: ({ facts }) => (facts.templates === undefined ? undefined : 'seen'),
    says: previewTexts,
    passes: templatesKnown,
  }),
  task('volume-planned', {
    ref: 'nm-q-volume',
    owner: 'support',
    when: ({ answers }) => answers['high-volume'] === true,
    remind: 'PT24H',
    says: ({ answers }) => ({ numbers: Number(answers['how-many'] ?? 1) }),
  }),
]
