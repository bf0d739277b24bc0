import { businessToken } from '../world/sharing.ts'
import { systemUser } from '../world/sides.ts'
import { answer } from './answers.ts'
import { creditLines } from './credit-edges.ts'
import { edge } from './edge.ts'
import { accountsOf } from './nodes.ts'
import type { Handlers } from './scene.ts'

/** A business portfolio: its WABAs, credit lines and system users (meta.md 2, 3.7, 3.8). */
export const businessEdges: Handlers = {
  'GET owned_whatsapp_business_accounts': ({ c, world, id }) => edge(c, accountsOf(world, id, 'owned')),
  'GET client_whatsapp_business_accounts': ({ c, world, id }) => edge(c, accountsOf(world, id, 'client')),
  'GET extendedcredits': creditLines,
  'GET system_users': ({ c }) => answer(c, { data: [systemUser] }),
  'POST system_user_access_tokens': ({ c, world }) => answer(c, { access_token: businessToken(world) }),
}
