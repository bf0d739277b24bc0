import { ask, check, defineFlow, fail, pass, task, unknown, wait } from '../../../src/flows/engine/define.ts'
import type { Finding, View } from '../../../src/flows/engine/types.ts'
import { before, brazilian, destination } from './number-migration-checks.ts'

const noHubAccount = ({ answers }: View) => answers['hub-account'] === false
const directPayment = ({ answers }: View) => answers.payment === 'direct'

function notHere({ readings, busy }: View): string | undefined {
  if (busy !== undefined) return 'busy'
  return readings.channel?.state === 'known' ? 'already-here' : undefined
}

function arrived({ facts }: View): Finding {
  return facts.channel ? pass({ channel: facts.channel.id }) : fail()
}

function live({ facts }: View): Finding {
  const { status, accountMode, hubStatus } = facts.channel ?? {}
  return status === 'ready' && accountMode === 'live' && hubStatus === 'live' ? pass({ status }) : fail()
}

/** Bring a number from Meta or another provider to 360dialog. The client does it in the Client Hub; the bot checks. */
export default defineFlow({
  id: 'number-migration',
  version: 1,
  ref: '1',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    ask.phone('number', { ref: 'nm-q-phone', needs: ['channel', 'phone', 'account', 'business'], problem: notHere }),
    ask.choice('spelled-with-nine', ['with', 'without'], { ref: 'nm-q-br9', when: brazilian }),
    ask.choice('source', ['meta', 'other_bsp'], { ref: 'nm-q-source' }),
    ask.text('old-provider', {
      ref: 'nm-q-bsp',
      min: 2,
      max: 80,
      when: ({ answers }) => answers.source === 'other_bsp',
    }),
    ask.choice('platform', ['CLOUD_API', 'ON_PREMISE', 'unknown'], {
      ref: 'nm-q-platform',
      known: ({ facts }) => facts.phone?.platformType,
    }),
    ask.yesNo('hub-account', { ref: 'nm-q-hubaccount' }),
    ask.email('email', { ref: 'nm-q-email', when: noHubAccount }),
    ask.metaId('meta-business', { ref: 'nm-q-metabiz', known: ({ facts }) => facts.account?.ownerBusinessId }),
    ask.choice('waba-mode', ['new', 'existing'], { ref: 'nm-q-wabamode' }),
    ask.choice('payment', ['direct', 'partner'], { ref: 'nm-q-payment', known: ({ payment }) => payment }),
    ask.yesNo('badge', { ref: 'nm-q-oba', known: ({ facts }) => facts.phone?.isOba }),
    ask.yesNo('high-volume', { ref: 'nm-q-volume' }),
    ask.date('session', { ref: 'nm-q-session', skippable: true, when: ({ outcomes }) => outcomes.ready !== undefined }),
    ask.date('waba-created-on', {
      ref: 'nm-q-wabatime',
      skippable: true,
      when: ({ outcomes }) => outcomes['create-waba'] !== undefined,
    }),
  ],
  steps: [
    ...before,
    task('report-obstruction', {
      ref: 'nm-s2e',
      owner: 'support',
      when: ({ late }) => late['two-step-off'] === true,
      remind: 'PT24H',
      skippable: true,
    }),
    check('ready', { ref: 'nm-c18', owner: 'bot', after: before.map((step) => step.id), passes: () => pass() }),
    task('support-session', {
      ref: 'nm-s3',
      owner: 'support',
      when: ({ answers }) => answers.session !== undefined,
      after: ['ready'],
      within: ({ answers }) => Date.parse(String(answers.session)),
    }),
    task('share-signup-link', { ref: 'nm-s4a', owner: 'partner', when: noHubAccount, after: ['ready'], within: 'P3D' }),
    task('register', {
      ref: 'nm-s4b',
      owner: 'client',
      when: noHubAccount,
      after: ['share-signup-link'],
      within: 'P3D',
    }),
    task('import-number', {
      ref: 'nm-s4c',
      owner: 'client',
      after: ['ready', 'register'],
      within: 'P2D',
      remind: 'PT24H',
    }),
    task('enter-number', { ref: 'nm-s5', owner: 'client', after: ['import-number'], remind: 'PT24H' }),
    task('create-waba', { ref: 'nm-s6', owner: 'client', after: ['enter-number'], remind: 'PT24H' }),
    ...destination,
    task('confirm-waba', { ref: 'nm-s7', owner: 'client', after: ['waba-is-new'], within: 'PT48H', remind: 'PT12H' }),
    wait('number-submitted', {
      ref: 'nm-s8',
      owner: 'client',
      after: ['confirm-waba', 'same-business', 'destination-can-pay'],
      needs: ['channel'],
      every: 'poll',
      within: 'PT1H',
      until: arrived,
    }),
    wait('live', {
      ref: 'nm-s9',
      owner: 'bot',
      after: ['number-submitted'],
      needs: ['channel'],
      every: 'poll',
      within: 'PT1H',
      atLimit: 'escalate',
      announce: true,
      until: live,
    }),
    task('grant-permission', {
      ref: 'nm-s10',
      owner: 'client',
      when: directPayment,
      after: ['live'],
      needs: ['permission'],
      every: 'poll',
      within: 'P3D',
      done: ({ facts }) => (facts.permission?.apiKey === 'shared' ? pass() : unknown()),
    }),
    task('compare', { ref: 'nm-s11', owner: 'client', after: ['grant-permission'], within: 'PT24H', skippable: true }),
  ],
})
