import { check, fail, pass, task, unknown, wait, warn } from '../engine/define.ts'
import type { Finding, Step, View } from '../engine/types.ts'
import { byApi, byClientHub, directPayment } from './situation.ts'

function live({ facts: { channel } }: View): Finding {
  const { status, accountMode, hubStatus } = channel ?? {}
  const good = status === 'ready' && accountMode === 'live' && hubStatus === 'live'
  return good ? pass({ hub_status: hubStatus }) : unknown()
}

const late = ({ late, outcomes }: View): boolean =>
  late.live === true || late['number-submitted'] === true || outcomes['trouble-ticket'] !== undefined

/** What a ticket has to name (procedures.md 1, "Outcomes": failed unexpectedly). */
const ids = ({ facts, answers }: View): NonNullable<Finding['evidence']> => ({
  client: facts.client?.id ?? facts.channel?.clientId ?? '?',
  channel: facts.channel?.id ?? '?',
  source: String(answers['source-waba'] ?? '?'),
  destination: String(answers['destination-waba'] ?? '?'),
  business: String(answers['meta-business'] ?? '?'),
})

function permissionGiven({ facts }: View): Finding {
  const given = facts.permission?.apiKey
  if (given === undefined) return unknown()
  return given === 'shared' ? pass({ api_key: given }) : fail({ api_key: given })
}

/** What came along, against what there was before (nm-s11). A quality that fell or fewer templates have to be seen by somebody. */
function compared({ evidence, facts: { phone, templates, health } }: View): Finding {
  const old = evidence['before-the-move'] ?? {}
  if (phone === undefined || old.verified_name === undefined) return unknown()
  const changed = {
    ...(phone.verifiedName !== old.verified_name && { verified_name: phone.verifiedName ?? 'none' }),
    ...(phone.quality !== old.quality && { quality: phone.quality ?? 'none' }),
    ...(missing(old.templates_coming, templates?.total) && { templates_arrived: templates?.total ?? 0 }),
    ...(health?.canSendMessage === 'BLOCKED' && { can_send_message: health.canSendMessage }),
  }
  if (Object.keys(changed).length) return warn(changed)
  return pass({ verified_name: old.verified_name, ...(phone.quality !== undefined && { quality: phone.quality }) })
}

const missing = (wanted: unknown, there: number | undefined): boolean =>
  typeof wanted === 'number' && there !== undefined && there < wanted

/** Every template may have come along; who knows that none stayed has nothing to make again. */
const templatesStayed = ({ evidence }: View): boolean => evidence['templates-come-along']?.templates_staying !== 0

const lately = { after: ['compare'], remind: 'P3D', skippable: true } as const

/** From the arrival to the key, and what is good to do then (nm-s9 … nm-s11). */
export const afterwards: readonly Step[] = [
  wait('live', {
    ref: 'nm-s9',
    owner: 'bot',
    by: ['support'],
    when: byClientHub,
    after: ['number-submitted'],
    needs: ['channel'],
    every: 'poll',
    within: 'PT1H',
    atLimit: 'escalate',
    announce: true,
    until: live,
  }),
  task('trouble-ticket', {
    ref: 'nm-s9',
    owner: 'support',
    when: (view) => late(view) && (view.outcomes.live === undefined || view.outcomes['trouble-ticket'] !== undefined),
    remind: 'PT24H',
    skippable: true,
    says: ids,
  }),
  task('grant-permission', {
    ref: 'nm-s10',
    owner: 'client',
    when: directPayment,
    after: ['live', 'registered'],
    needs: ['permission'],
    every: 'poll',
    within: 'P3D',
    remind: 'P3D',
    announce: true,
    done: permissionGiven,
  }),
  check('permission-by-default', {
    ref: 'nm-s10',
    owner: 'partner',
    when: (view) => !directPayment(view),
    after: ['live', 'registered'],
    needs: ['permission'],
    every: 'slow',
    once: true,
    passes: permissionGiven,
  }),
  task('make-api-key', {
    ref: 'nm-s10',
    owner: 'partner',
    after: ['grant-permission', 'permission-by-default'],
    remind: 'P3D',
    skippable: true,
  }),
  check('compare', {
    ref: 'nm-s11',
    owner: 'partner',
    after: ['live', 'registered'],
    needs: ['phone', 'templates', 'health'],
    every: 'slow',
    once: true,
    within: 'PT24H',
    atLimit: 'escalate',
    passes: compared,
  }),
  task('recreate-templates', { ref: 'nm-s11', owner: 'partner', when: templatesStayed, ...lately }),
  task('relink-catalog', { ref: 'nm-s11', owner: 'client', ...lately }),
  task('two-step-again', {
    ref: 'nm-s11',
    owner: 'client',
    how: (view) => (byApi(view) ? 'by-api' : view.answers.badge === true ? 'badge' : undefined),
    ...lately,
  }),
  task('end-old-contract', {
    ref: 'nm-s11',
    owner: 'client',
    when: ({ answers }) => answers.source === 'other_bsp',
    says: ({ answers }) => ({ provider: String(answers['old-provider'] ?? '?') }),
    ...lately,
  }),
]
