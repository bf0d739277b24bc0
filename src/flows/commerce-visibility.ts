import { ask, defineFlow, fail, pass, task, unknown } from './engine/define.ts'
import type { Answer, Finding, View } from './engine/types.ts'
import { askNumber } from './number.ts'
import { askOwnership, ownershipKnown } from './ownership.ts'

const shownNow = (flag: boolean | undefined): Answer | undefined =>
  flag === undefined ? undefined : flag ? 'show' : 'hide'

/** What the platform shows is what was asked for (LK-COM). */
function asWanted({ answers, facts: { commerce } }: View): Finding {
  const [catalog, cart] = [shownNow(commerce?.isCatalogVisible), shownNow(commerce?.isCartEnabled)]
  if (catalog === undefined || cart === undefined) return unknown()
  const evidence = { catalog: String(catalog), cart: String(cart) }
  return catalog === answers.catalog && cart === answers.cart ? pass(evidence) : fail(evidence)
}

const onBehalf = ({ answers }: View) => answers.ownership === 'obo'

/** Show or hide a number's catalog and cart. */
export default defineFlow({
  id: 'commerce-visibility',
  version: 1,
  ref: '9',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askNumber('pt-q-area', ['client', 'commerce']),
    { ...askOwnership, ref: 'pt-q-own' },
    ask.choice('catalog', ['show', 'hide'], { ref: 'pt-q-vis' }),
    ask.choice('cart', ['show', 'hide'], { ref: 'pt-q-vis' }),
  ],
  steps: [
    { ...ownershipKnown, ref: 'pt-c1' },
    task('catalog-set', {
      ref: 'pt-s9',
      owner: (view) => (onBehalf(view) ? 'support' : 'client'),
      after: ['ownership-known'],
      needs: ['commerce'],
      every: 'poll',
      remind: 'PT24H',
      how: (view) => (onBehalf(view) ? 'by-support' : undefined),
      announce: true,
      done: asWanted,
    }),
  ],
})
