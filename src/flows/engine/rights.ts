import type { Owner, Role, Step } from './types.ts'

/** Whether a role may act where one of these roles is asked for; `lead` and `admin` may do what those below them may. */
export function allows(roles: readonly Role[], role: Role): boolean {
  if (roles.includes(role)) return true
  if (role === 'admin') return roles.includes('lead') || roles.includes('support')
  return role === 'lead' && roles.includes('support')
}

/** Who may act on a step: what it says, or who speaks for its owner (a partner speaks for its client). */
export function rolesFor(step: Step, owner: Owner): readonly Role[] {
  if (step.by) return step.by
  if (owner === 'client' || owner === 'partner') return ['partner', 'support']
  return owner === 'destination-partner' ? ['destination-partner', 'support'] : ['support']
}
