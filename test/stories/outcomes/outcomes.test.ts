import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue } from '../../../src/flows/index.ts'

const names = ['done', 'declined', 'cancelled', 'expired', 'refused'] as const

/** The story that plays an outcome: its file below `test/stories`, and its title there. Or why there can be none. */
type Story = readonly [file: string, title: string] | { none: string }

/** How a case of a flow can end, and `refused`: a platform says no on the way. */
type Outcomes = Record<(typeof names)[number], Story>

const cancelled: Story = ['outcomes/every-flow', 'Cancelled: support ends %s in Slack, and the partner reads who did']
const expired: Story = ['outcomes/every-flow', 'Expired: nobody goes on with %s for a week, and both chats read it']

const stories: Readonly<Record<string, Outcomes>> = {
  'number-migration': {
    done: ['number-migration', 'A number comes to 360dialog, from the first question to the day after'],
    declined: { none: 'Nobody approves anything: what is not right is a check that does not pass.' },
    cancelled: [
      'number-migration',
      'The old provider refuses to switch two-step off: support takes it up, and in the end the client stays where it is',
    ],
    expired,
    refused: [
      'number-migration',
      'Support moves a number by calls to Meta: Meta refuses once, then the client types its code at Meta',
    ],
  },
  'port-out': {
    done: ['port-out', 'A partner moves an on-behalf-of number away, from the first question to the end'],
    declined: ['outcomes/port-out', 'Declined: support does not release the number, and the partner reads why'],
    cancelled: ['outcomes/port-out', 'Cancelled: the number does not arrive within two weeks, and the client stays'],
    expired: ['outcomes/port-out', 'Expired: nobody names the new provider'],
    refused: [
      'outcomes/port-out',
      'The platform refuses: without a word from Meta people confirm what they know, until Meta answers again',
    ],
  },
  'two-step-disable': {
    done: ['two-step', 'A client-owned number: the client switches two-step off by itself, and the platform proves it'],
    declined: ['outcomes/two-step-disable', 'Declined: support was late with the release, and then says no'],
    cancelled: [
      'outcomes/two-step-disable',
      'Cancelled: the client does nothing for three days, support hears of it, and the partner gives up',
    ],
    expired: ['outcomes/two-step-disable', 'Expired: nobody says whether the client still has admin access'],
    refused: [
      'outcomes/two-step-disable',
      'The platform refuses: Meta does not answer for the number, says why, and is asked again by itself',
    ],
  },
  'partner-change': {
    done: [
      'partner-change',
      'A client moves to Nordwind: it asks in its Hub, and the new partner accepts in its own chat',
    ],
    declined: ['partner-change', 'The move fails: everybody hears it, and support ends the case with a reason'],
    cancelled: [
      'partner-change',
      'The new partner does not accept: it is reminded, support hears of it, and the partner gives up',
    ],
    expired,
    refused: [
      'partner-change',
      'The Hub refuses the acceptance: the new partner reads why, and tries again when it is settled',
    ],
  },
  'api-key': {
    done: ['api-key', 'A key is asked for, agreed to, and goes to one person alone'],
    declined: ['api-key', 'Support declines, with a reason that the partner hears'],
    cancelled: ['api-key', 'The client is asked for its permission with a link, and the webhook moves the case on'],
    expired,
    refused: ['api-key', 'Without a way to the person no key is made; then the platform refuses; then it works'],
  },
  cancellation: {
    done: [
      'cancellation',
      'The client cancels in its Hub; the number works until the month ends, then a refund is offered',
    ],
    declined: ['cancellation', 'Support declines to cancel'],
    cancelled: ['cancellation', 'The client forgets it for three days, and cancels the case'],
    expired,
    refused: [
      'cancellation',
      'We cancel for a client that confirmed it, once support agrees; it is withdrawn before the month ends',
    ],
  },
  refund: {
    done: ['refund', 'A refund is computed, agreed, confirmed once more, pressed, and the money is back'],
    declined: ['refund', 'The client does not want it: declined with a reason, from Slack'],
    cancelled,
    expired,
    refused: [
      'outcomes/refund',
      'The platform refuses: without the balance there is no amount to agree to, until 360dialog tells it',
    ],
  },
  'profile-update': {
    done: [
      'outcomes/profile-update',
      'Done: support opens it in Slack, the client agrees after a reminder, the partner changes the profile',
    ],
    declined: ['outcomes/profile-update', 'Declined: the client keeps its text, and support reads why'],
    cancelled: [
      'outcomes/profile-update',
      'Cancelled: the partner gives up once the client has agreed, and an old button says so',
    ],
    expired: ['outcomes/profile-update', 'Expired: nobody writes the new text for a week'],
    refused: [
      'outcomes/profile-update',
      'The platform refuses: 360dialog tells nothing about the number, and the case goes on when it does',
    ],
  },
  'template-actions': {
    done: [
      'outcomes/template-actions',
      'Done: Meta rejects it, the partner reads why and edits it, and Meta approves that',
    ],
    declined: ['outcomes/template-actions', 'Declined: support was late, was asked twice, and keeps the template'],
    cancelled: ['outcomes/template-actions', 'Cancelled: support ends it in Slack, and the partner reads who did'],
    expired: ['outcomes/template-actions', 'Expired: nobody says which template'],
    refused: [
      'outcomes/template-actions',
      'The platform refuses: the Hub tells nothing of templates, so people say what they see',
    ],
  },
  'commerce-visibility': {
    done: [
      'outcomes/commerce-visibility',
      'Done: the client is reminded and sets its toggles, and the platform proves it in both chats',
    ],
    declined: { none: 'Nobody approves anything: the owner of the account sets the toggles, or does not.' },
    cancelled: [
      'outcomes/commerce-visibility',
      'Cancelled: an account on behalf of its client needs a ticket, and support ends the case instead',
    ],
    expired: ['outcomes/commerce-visibility', 'Expired: nobody says what people shall see'],
    refused: [
      'outcomes/commerce-visibility',
      'The platform refuses: the toggles cannot be read, so a person says that they are set',
    ],
  },
  'switch-solution-partner': {
    done: [
      'switch-solution-partner',
      'A client changes its Solution Partner: planned, unshared, signed up, shared, live on the 1st',
    ],
    declined: ['switch-solution-partner', 'Support declines to share the line'],
    cancelled,
    expired,
    refused: ['switch-solution-partner', 'Meta refuses the line: said with its words, done again after that'],
  },
  'migrate-between-solutions': {
    done: [
      'migrate-between-solutions',
      'By signup: a link of another solution is refused, the right one brings the number over',
    ],
    declined: [
      'migrate-between-solutions',
      'Nobody accepts for three days: the client is reminded; it rejects, and the partner ends it',
    ],
    cancelled: [
      'outcomes/migrate-between-solutions',
      'Cancelled: the client never accepts, and the partner gives up where the new partner can read it',
    ],
    expired,
    refused: [
      'migrate-between-solutions',
      'Tagged for another solution, or two-step on again: Meta refuses, and the step says so',
    ],
  },
  'add-waba-to-solution': {
    done: ['add-waba-to-solution', 'An account joins a solution: the client confirms, and everybody hears of it'],
    declined: ['add-waba-to-solution', 'The client rejects, and the partner leaves it at that'],
    cancelled: ['add-waba-to-solution', 'The client rejects, is asked again, and rejects for good'],
    expired,
    refused: [
      'add-waba-to-solution',
      'A solution that is not active is waited for; what is tagged elsewhere is refused, and said',
    ],
  },
  'waba-ownership-transfer': {
    done: ['waba-ownership-transfer', 'An account becomes its client’s own, and the credit line is looked at'],
    declined: ['waba-ownership-transfer', 'Support declines what Meta has withdrawn'],
    cancelled: [
      'waba-ownership-transfer',
      'The offer is bound to its solution: another one is refused, in this case and in the next',
    ],
    expired,
    refused: [
      'waba-ownership-transfer',
      'The client never accepted the old request: Meta refuses, and the step says why',
    ],
  },
  'number-migration-onprem': {
    done: [
      'outcomes/number-migration-onprem',
      'Done: an old case is confirmed in both chats, submitted, late with its code, and told to plan for Cloud API',
    ],
    declined: { none: 'Nobody approves anything: support says in a question whether an old case goes on.' },
    cancelled: [
      'outcomes/number-migration-onprem',
      'Cancelled: support ends the old case in Slack, and the partner reads who did',
    ],
    expired: ['outcomes/number-migration-onprem', 'Expired: support never says that the old case goes on'],
    refused: [
      'outcomes/number-migration-onprem',
      'The platform refuses: Meta says that the number is on Cloud API already, whatever people see',
    ],
  },
}

/** The code of a story, from its title to the next one. */
function storyOf(file: string, title: string): string {
  const source = readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8')
  const found = source.split(/^ *(?=test(?:\.each\(\w+\))?\()/m).find((part) => part.includes(`('${title}',`))
  if (found === undefined) throw new Error(`${file}.test.ts has no test "${title}"`)
  return found
}

test('every flow has its row', () => {
  expect(Object.keys(stories).sort()).toEqual(catalogue.map(({ id }) => id).sort())
})

test.each(Object.entries(stories))('%s is played to each of its ends, in both chats', (flow, row) => {
  for (const name of names) {
    const story = row[name]
    if ('none' in story) expect([name, approvalsOf(flow)]).toEqual(['declined', []])
    else expect([...chatsOf(storyOf(...story))].sort()).toEqual(['slack', 'telegram'])
  }
})

/** The chats of the people that a story names. */
const chatsOf = (story: string): Set<string> =>
  new Set(
    [...story.matchAll(/\b(?:(ana|ben|cleo)|paula|nils|nora|bruno)\b/g)].map(([, desk]) =>
      desk ? 'slack' : 'telegram',
    ),
  )

const approvalsOf = (flow: string): string[] =>
  catalogue.find(({ id }) => id === flow)?.steps.flatMap(({ kind, id }) => (kind === 'approval' ? [id] : [])) ?? []
