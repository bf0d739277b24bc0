import type { FactName } from '../../meta/facts.ts'
import { hasBrazilianForm, isBrazilian, spellingsOf } from '../brazil.ts'
import { callingCodeOf } from '../calling-codes.ts'
import { ask } from '../engine/define.ts'
import type { Finding, Question, View } from '../engine/types.ts'
import { untold } from '../number.ts'
import { askPartner, partnerTold } from '../partner-asked.ts'
import { destinationOf, hasMoved, newAccount, unlessAnswered } from './situation.ts'

const sourceFacts: readonly FactName[] = ['account', 'phone', 'business', 'templates', 'health']
const destinationFacts: readonly FactName[] = ['destination', 'arriving', 'subscriptions']

export const digitsOf = ({ answers }: View): string => String(answers.number ?? '')

/** What speaks against this procedure for that number (procedures.md 0.7 and nm-c17). */
export function numberProblem(view: View): string | undefined {
  const digits = digitsOf(view)
  if (view.busy !== undefined) return 'busy'
  if (callingCodeOf(digits) === undefined) return 'unknown-country'
  if (isBrazilian(digits) && !hasBrazilianForm(digits)) return 'not-brazilian'
  const { channel } = view.readings
  if (channel?.state === 'absent') return undefined
  if (channel?.state !== 'known') return untold(view.readings)
  return channel.value.terminatedAt === undefined ? 'already-here' : undefined
}

const routes: Record<string, string | undefined> = {
  '360dialog': 'at-360dialog',
  not_registered: 'not-registered',
}
/** Where the number is decides whether this is a migration at all (procedures.md 0.7). */
const sourceProblem = ({ answers }: View) => routes[String(answers.source)]

/** Both spellings of a Brazilian mobile number, for the texts. */
export function spellings(view: View): NonNullable<Finding['evidence']> {
  const { with: long = '', without: short = '', entered = 'with' } = spellingsOf(digitsOf(view)) ?? {}
  return { long, short, entered: entered === 'with' ? long : short }
}

export const twoSpellings = (view: View): boolean => spellingsOf(digitsOf(view)) !== undefined

function spellingProblem(view: View): string | undefined {
  const entered = spellingsOf(digitsOf(view))?.entered
  return entered === view.answers['spelled-with-nine'] ? undefined : 'other-spelling'
}

/** Once it has moved, what the platforms say is about its new place. */
export const atItsSource = (view: View): boolean => partnerTold(view) && !hasMoved(view)

/** The number and where it is now. */
export const aboutTheSource: readonly Question[] = [
  ask.phone('number', { ref: 'nm-q-phone', needs: ['channel'], problem: numberProblem }),
  askPartner('nm-q-phone', ['channel', 'client', 'partner', ...sourceFacts]),
  ask.choice('spelled-with-nine', ['with', 'without'], {
    ref: 'nm-q-br9',
    when: twoSpellings,
    shows: spellings,
    problem: spellingProblem,
  }),
  ask.choice('source', ['meta', 'other_bsp', '360dialog', 'not_registered'], {
    ref: 'nm-q-source',
    problem: sourceProblem,
  }),
  ask.text('old-provider', {
    ref: 'nm-q-bsp',
    min: 2,
    max: 80,
    when: ({ answers }) => answers.source === 'other_bsp',
  }),
  ask.metaId('source-waba', { ref: 'nm-q-wabanames', skippable: true, finds: sourceFacts }),
  ask.metaId('meta-business', {
    ref: 'nm-q-metabiz',
    when: atItsSource,
    needs: ['account'],
    known: ({ facts }) => facts.account?.ownerBusinessId,
    finds: ['business'],
  }),
  ask.choice('platform', ['CLOUD_API', 'ON_PREMISE', 'unknown'], {
    ref: 'nm-q-platform',
    when: atItsSource,
    needs: ['phone'],
    known: ({ facts }) => platformKnown(facts.phone?.platformType),
  }),
  ask.yesNo('badge', {
    ref: 'nm-q-oba',
    when: atItsSource,
    needs: ['phone'],
    known: ({ facts }) => facts.phone?.isOba,
  }),
  ask.text('website', { ref: 'nm-c7', min: 3, max: 300, skippable: true, finds: ['website'] }),
]

/** `NOT_APPLICABLE` is what Meta says of a number that nobody serves. */
const platformKnown = (type: string | undefined) => (type === 'CLOUD_API' || type === 'ON_PREMISE' ? type : undefined)

/** Who the client is at 360dialog, and where the number goes. */
export const aboutTheDestination: readonly Question[] = [
  ask.email('email', {
    ref: 'nm-q-email',
    known: unlessAnswered('email', ({ facts }) => facts.client?.email),
    finds: ['client'],
  }),
  ask.yesNo('hub-account', {
    ref: 'nm-q-hubaccount',
    when: partnerTold,
    needs: ['client'],
    known: unlessAnswered('hub-account', ({ facts }) => (facts.client === undefined ? undefined : true)),
  }),
  ask.choice('payment', ['direct', 'partner'], {
    ref: 'nm-q-payment',
    when: partnerTold,
    known: ({ payment }) => payment,
    prefill: ({ facts }) => paymentHint(facts.partner?.paymentRequired),
  }),
  ask.choice('waba-mode', ['new', 'existing'], { ref: 'nm-q-wabamode' }),
  ask.text('waba-names', { ref: 'nm-q-wabanames', max: 1000, skippable: true, when: newAccount }),
  ask.choice('code-way', ['SMS', 'VOICE'], { ref: 'nm-q-codeway' }),
  ask.yesNo('high-volume', { ref: 'nm-q-volume' }),
  ask.number('how-many', {
    ref: 'nm-q-volume',
    min: 1,
    max: 10_000,
    when: ({ answers }) => answers['high-volume'] === true,
  }),
  ask.confirm('what-moves', { ref: 'nm-s1', when: partnerTold, needs: ['templates'] }),
]

const paymentHint = (required: boolean | undefined) =>
  required === undefined ? undefined : required ? 'partner' : 'direct'

const accountIsThere = (view: View): boolean =>
  view.answers['waba-mode'] === 'existing' || view.outcomes['create-waba'] !== undefined

/** What can only be asked on the way. */
export const onTheWay: readonly Question[] = [
  ask.metaId('destination-waba', {
    ref: 'nm-q-destwaba',
    skippable: true,
    when: accountIsThere,
    needs: destinationFacts,
    finds: destinationFacts,
    problem: ({ answers }) =>
      answers['destination-waba'] !== undefined && answers['destination-waba'] === answers['source-waba']
        ? 'same-as-source'
        : undefined,
  }),
  ask.number('waba-age', {
    ref: 'nm-q-wabatime',
    min: 0,
    max: 10_000,
    needs: ['destination'],
    when: (view) =>
      newAccount(view) && view.outcomes['create-waba'] !== undefined && destinationOf(view)?.createdAt === undefined,
  }),
  ask.choice('route', ['client_hub', 'meta_api'], {
    ref: 'nm-s5',
    prefill: () => 'client_hub',
    needs: ['destination', 'subscriptions'],
    when: (view) => view.answers['waba-mode'] === 'existing' && destinationOf(view) !== undefined,
  }),
  ask.yesNo('refusal', {
    ref: 'nm-q-refuse',
    when: ({ late, outcomes }) => late['two-step-off'] === true && outcomes['two-step-off'] === undefined,
  }),
  ask.date('refused-since', { ref: 'nm-q-refuse', when: ({ answers }) => answers.refusal === true }),
  ask.choice('session', ['chat', 'ticket'], {
    ref: 'nm-q-session',
    skippable: true,
    when: ({ outcomes }) => outcomes.ready !== undefined,
  }),
  ask.date('session-on', { ref: 'nm-q-session', when: ({ answers }) => answers.session !== undefined }),
]
