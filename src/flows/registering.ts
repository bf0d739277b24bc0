import { action } from './engine/define.ts'
import type { ActionStep, Rule, Step, View } from './engine/types.ts'

/** Not needed where somebody registered the number in a system of its own: then it is connected already. */
const isNeeded = ({ outcomes, facts }: View): boolean =>
  outcomes['register-number'] !== undefined || facts.arriving?.status !== 'CONNECTED'

/**
 * Registers a number in its new account: the switch-over, which sets a two-step PIN (procedures.md 1 and 12). One rule for
 * every flow: it is asked for by whoever will have the PIN. That is made up here, goes to that person alone and before the
 * call, and is kept nowhere (procedures.md 0.4).
 */
export const registering = ({
  when,
  ...rest
}: Omit<ActionStep, 'id' | 'kind' | 'call' | 'repeat' | 'when'> & { when: Rule<boolean> }): Step =>
  action('register-number', {
    ...rest,
    when: (view) => when(view) && isNeeded(view),
    call: 'register-number',
    repeat: 'verify',
  })
