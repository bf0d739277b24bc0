import { check, fail, pass, task, unknown, wait, warn } from '../engine/define.ts'
import type { Finding, Step, View } from '../engine/types.ts'
import {
  arrived,
  byClientHub,
  createdAt,
  deadline,
  destinationOf,
  firstWarning,
  freshFor,
  hasMoved,
  lastWarning,
  minuteText,
  newAccount,
  noHubAccount,
} from './situation.ts'

const notYet = (view: View): boolean => byClientHub(view) && !hasMoved(view)

/** What was found out about the new account before the number came stays as it was. */
const untilItComes =
  (id: string, rule: (view: View) => Finding) =>
  (view: View): Finding => {
    if (!hasMoved(view)) return rule(view)
    return view.outcomes[id] === 'declared' ? unknown() : pass(view.evidence[id])
  }

/** The business that owns the source is the one that owns the destination (nm-c3). */
function sameBusiness(view: View): Finding {
  const owner = destinationOf(view)?.ownerBusinessId
  const wanted = view.answers['meta-business']
  if (owner === undefined || wanted === undefined) return unknown()
  return owner === wanted ? pass({ owner_business: owner }) : fail({ owner_business: owner })
}

/** At most 48 hours old on the "just created" path; only a warning for an existing one (nm-c12; 0.8 K2). */
function freshEnough(view: View): Finding {
  const created = createdAt(view)
  if (created === undefined) return unknown()
  const evidence = { waba_created: minuteText(created) }
  if (view.now - created <= freshFor) return pass(evidence)
  return newAccount(view) ? fail(evidence) : warn(evidence)
}

function canPay(view: View): Finding {
  const account = destinationOf(view)
  const apps = view.facts.subscriptions?.count
  if (account === undefined || apps === undefined) return unknown()
  const { primaryFundingId } = account
  const evidence = { primary_funding_id: primaryFundingId ?? 'none', subscribed_apps: apps }
  return primaryFundingId !== undefined && apps > 0 ? pass(evidence) : fail(evidence)
}

const until = (view: View): NonNullable<Finding['evidence']> => ({ until: minuteText(deadline(view) ?? view.now) })

/** Says aloud that time runs, at a moment after the new account was created (nm-s7). */
function warning(id: string, before: string, after: number, next: number): Step {
  const at = (view: View) => {
    const end = deadline(view)
    return end === undefined ? undefined : end - freshFor + after
  }
  const isNear = (view: View) => view.now < (at(view) ?? 0) + next || view.outcomes[id] !== undefined
  return wait(id, {
    ref: 'nm-s7',
    owner: 'bot',
    by: ['system'],
    when: (view) => notYet(view) && at(view) !== undefined && isNear(view),
    after: [before],
    within: at,
    says: until,
    announce: true,
    until: (view) => (view.now >= (at(view) ?? Number.POSITIVE_INFINITY) ? pass() : unknown()),
  })
}

/** The client's own way through the Client Hub, with the new account in time (nm-s4a … nm-s8). */
export const clientHub: readonly Step[] = [
  task('share-signup-link', {
    ref: 'nm-s4a',
    owner: 'partner',
    when: noHubAccount,
    after: ['ready'],
    within: 'P3D',
    remind: 'P3D',
  }),
  wait('hub-account-made', {
    ref: 'nm-s4b',
    owner: 'client',
    when: noHubAccount,
    after: ['share-signup-link'],
    needs: ['client'],
    every: 'poll',
    within: 'P3D',
    remind: 'P3D',
    announce: true,
    until: ({ facts }) =>
      facts.client === undefined ? unknown() : pass({ client: facts.client.name ?? facts.client.id }),
  }),
  task('import-number', {
    ref: 'nm-s4c',
    owner: 'client',
    when: byClientHub,
    after: ['ready', 'hub-account-made'],
    needs: ['channel'],
    every: 'slow',
    within: 'P2D',
    remind: 'P2D',
    done: arrived,
  }),
  task('enter-number', {
    ref: 'nm-s5',
    owner: 'client',
    when: byClientHub,
    after: ['import-number'],
    needs: ['channel'],
    every: 'slow',
    remind: 'PT24H',
    says: ({ answers }) => ({ meta_id: String(answers['meta-business'] ?? '?') }),
    done: arrived,
  }),
  task('create-waba', {
    ref: 'nm-s6',
    owner: 'client',
    when: (view) => byClientHub(view) && newAccount(view),
    after: ['enter-number'],
    needs: ['channel'],
    every: 'slow',
    remind: 'PT24H',
    says: ({ answers }) => ({ names: String(answers['waba-names'] ?? '-') }),
    how: ({ answers }) => (answers['waba-names'] === undefined ? undefined : 'noted'),
    done: arrived,
  }),
  check('same-business', {
    ref: 'nm-c3',
    owner: 'client',
    after: ['ready', 'create-waba'],
    needs: ['destination'],
    every: 'slow',
    remind: 'PT24H',
    passes: untilItComes('same-business', sameBusiness),
  }),
  check('waba-is-new', {
    ref: 'nm-c12',
    owner: 'client',
    after: ['ready', 'create-waba'],
    needs: ['destination'],
    within: deadline,
    atLimit: 'escalate',
    how: (view) => (newAccount(view) ? undefined : 'existing'),
    passes: untilItComes('waba-is-new', freshEnough),
  }),
  check('destination-can-pay', {
    ref: 'nm-c15',
    owner: 'partner',
    after: ['ready', 'create-waba'],
    needs: ['destination', 'subscriptions'],
    every: 'slow',
    remind: 'PT24H',
    passes: untilItComes('destination-can-pay', canPay),
  }),
  warning('twelve-hours-left', 'create-waba', firstWarning, lastWarning - firstWarning),
  warning('four-hours-left', 'twelve-hours-left', lastWarning, freshFor - lastWarning),
  task('confirm-waba', {
    ref: 'nm-s7',
    owner: 'client',
    when: (view) => byClientHub(view) && newAccount(view),
    after: ['same-business', 'waba-is-new', 'destination-can-pay'],
    needs: ['channel'],
    every: 'slow',
    within: deadline,
    remind: 'PT12H',
    atLimit: 'escalate',
    says: until,
    done: arrived,
  }),
  wait('number-submitted', {
    ref: 'nm-s8',
    owner: 'client',
    when: byClientHub,
    after: ['import-number', 'enter-number', 'same-business', 'waba-is-new', 'destination-can-pay', 'confirm-waba'],
    needs: ['channel'],
    every: 'poll',
    within: 'PT1H',
    atLimit: 'escalate',
    how: ({ answers }) => (answers['code-way'] === 'VOICE' ? 'voice' : undefined),
    announce: true,
    until: arrived,
  }),
]
