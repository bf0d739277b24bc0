import { action, approval, ask, check, defineFlow, fail, pass, task, unknown, warn } from './engine/define.ts'
import { durationMs } from './engine/duration.ts'
import type { Finding, View } from './engine/types.ts'
import { askNumber } from './number.ts'

const digitsOf = (view: View) => view.facts.channel?.phone ?? String(view.answers.number ?? '')
const here = ({ answers }: View) => answers.made === 'here'
const keyMade = ({ outcomes }: View) => outcomes['create-key'] !== undefined

/** Shared by default where the partner pays; a client on direct payment has to share it (ak-c1). */
function permission(view: View): Finding {
  if (keyMade(view)) return pass(view.evidence['permission-shared'])
  if (view.answers.payment === 'partner') return pass({ paid_by: 'partner' })
  const apiKey = view.facts.permission?.apiKey
  if (apiKey === undefined) return unknown()
  return apiKey === 'shared' ? pass({ api_key: apiKey }) : fail({ api_key: apiKey })
}

/** The client has to be asked; what was asked stays visible. */
function clientAsked(view: View): boolean {
  if (view.outcomes['permission-link'] !== undefined) return true
  const { result } = permission(view)
  return result === 'fail' || (result === 'unknown' && view.outcomes['permission-shared'] === undefined)
}

const permissionMissing = ({ answers, facts }: View) =>
  answers.payment === 'direct' && facts.permission?.apiKey !== 'shared'

const linkFor = ({ evidence }: View) => evidence['permission-link']?.link

/** The link went out so long ago that the partner has to look after it. */
const weekOver = ({ endedAt, now }: View) =>
  endedAt['permission-link'] !== undefined && now >= endedAt['permission-link'] + durationMs('P7D')

const hourOver = ({ endedAt, now }: View) =>
  endedAt['create-key'] !== undefined && now >= endedAt['create-key'] + durationMs('PT1H')

function redirectUrl({ facts: { partner } }: View): Finding {
  if (!partner) return unknown()
  return partner.redirectUrl ? pass({ redirect_url: partner.redirectUrl }) : warn()
}

function channelLive({ facts: { channel } }: View): Finding {
  if (channel?.accountMode === undefined) return unknown()
  const evidence = { account_mode: channel.accountMode }
  return channel.accountMode === 'live' ? pass(evidence) : fail(evidence)
}

function earlierKeys({ facts: { apiKeys } }: View): Finding {
  if (!apiKeys) return unknown()
  return apiKeys.count === 0 ? pass({ keys_in_use: 0 }) : warn({ keys_in_use: apiKeys.count })
}

const numberShown = (view: View) => ({ number: `+${digitsOf(view)}` })

/** A new API key of one number, made on behalf of the client. Its value goes to one person and nowhere else. */
export default defineFlow({
  id: 'api-key',
  version: 1,
  ref: '6',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askNumber('ak-q-phone', ['client', 'permission', 'partner', 'numbers', 'apiKeys']),
    ask.choice('payment', ['direct', 'partner'], {
      ref: 'ak-q-pay',
      known: ({ payment }) => payment,
      prefill: ({ facts }) => (facts.partner?.paymentRequired ? 'partner' : undefined),
    }),
    ask.choice('account', ['existing', 'new'], {
      ref: 'ak-q-existing',
      when: permissionMissing,
      known: ({ facts }) => (facts.client ? 'existing' : undefined),
    }),
    ask.choice('which-numbers', ['this', 'all'], {
      ref: 'ak-q-numbers',
      when: (view) => permissionMissing(view) && (view.facts.numbers?.length ?? 0) > 1,
      needs: ['numbers'],
      shows: ({ facts }) => ({ numbers: facts.numbers?.length ?? 0 }),
    }),
    ask.choice('made', ['here', 'hub'], { ref: 'ak-q-receiver' }),
    ask.text('last-digits', {
      ref: 'ak-q-replace',
      min: 4,
      max: 4,
      needs: ['client'],
      shows: (view) => ({ ...numberShown(view), client: view.facts.client?.name ?? '?' }),
      problem: (view) => (digitsOf(view).slice(-4) === view.answers['last-digits'] ? undefined : 'other-digits'),
    }),
  ],
  steps: [
    check('channel-live', {
      ref: 'ak-c3',
      owner: 'bot',
      by: ['partner', 'support'],
      needs: ['channel'],
      every: 'slow',
      passes: channelLive,
    }),
    check('permission-shared', {
      ref: 'ak-c1',
      owner: (view) => (weekOver(view) ? 'partner' : 'client'),
      needs: ['permission', 'channel'],
      every: 'poll',
      within: 'P7D',
      remind: ['P1D', 'P3D', 'P6D'],
      announce: true,
      how: (view) => (linkFor(view) === undefined ? undefined : 'link'),
      says: (view) => ({ ...numberShown(view), link: linkFor(view) ?? '' }),
      passes: permission,
    }),
    check('redirect-url', {
      ref: 'ak-c2',
      owner: 'partner',
      when: clientAsked,
      needs: ['partner'],
      every: 'slow',
      once: true,
      passes: redirectUrl,
    }),
    action('permission-link', {
      ref: 'ak-s2',
      owner: 'partner',
      by: ['partner', 'support'],
      when: clientAsked,
      after: ['redirect-url'],
      call: 'permission-link',
      repeat: 'safe',
      announce: true,
      says: (view) => ({ ...numberShown(view), link: linkFor(view) ?? '' }),
    }),
    check('earlier-keys', {
      ref: 'ak-c4',
      owner: 'partner',
      by: ['partner', 'support'],
      after: ['permission-shared'],
      needs: ['apiKeys'],
      once: true,
      passes: earlierKeys,
    }),
    task('key-in-hub', {
      ref: 'ak-s3',
      owner: 'partner',
      when: ({ answers }) => answers.made === 'hub',
      after: ['channel-live', 'permission-shared', 'earlier-keys'],
      remind: 'PT24H',
      announce: true,
    }),
    approval('support-agrees', {
      ref: 'ak-s4',
      owner: 'support',
      by: ['support'],
      when: (view) => here(view) && !view.enabled.includes('api-key-without-approval'),
      after: ['channel-live', 'permission-shared', 'earlier-keys'],
      within: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      says: numberShown,
    }),
    action('create-key', {
      ref: 'ak-s4',
      owner: 'partner',
      // Whoever starts it gets the key: somebody of the partner, or a lead where the partner has no chat (ak-q-receiver).
      by: ['partner', 'lead'],
      when: here,
      after: ['channel-live', 'permission-shared', 'earlier-keys', 'support-agrees'],
      call: 'create-api-key',
      repeat: 'ask',
      remind: 'PT24H',
      announce: true,
      says: (view) => ({
        ...numberShown(view),
        keys: view.facts.apiKeys?.ids.join(', ') || '–',
        receiver: view.evidence['create-key']?.receiver ?? '–',
        key_id: view.evidence['create-key']?.key_id ?? '–',
      }),
    }),
    task('key-stored', {
      ref: 'ak-s5',
      owner: 'partner',
      by: ['partner', 'lead'],
      when: here,
      after: ['create-key'],
      within: 'PT1H',
      skippable: true,
      how: (view) => (hourOver(view) ? 'late' : undefined),
      says: (view) => ({ ...numberShown(view), receiver: view.evidence['create-key']?.receiver ?? '–' }),
    }),
  ],
})

/** Rows of procedures.md 6 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {
  'ak-s1': 'done by the look-up itself',
  'ak-s2b': 'the second way to share the permission, told in the same step',
}
