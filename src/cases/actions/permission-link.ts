import type { ActionCall } from '../action-call.ts'
import { caseLabel } from '../label.ts'
import { channelOf } from './channel-of.ts'
import type { Platforms } from './index.ts'

/** Builds the link with which the client shares its API-key permission (procedures.md 6 ak-s2). Makes no call. */
export const permissionLink = (platforms: Platforms): ActionCall => ({
  async run(state, about) {
    const { hub, channel } = channelOf(platforms, state)
    const { client, partner } = state.readings
    const { email, name } = client?.state === 'known' ? client.value : {}
    const redirectUrl = partner?.state === 'known' ? partner.value.redirectUrl : undefined
    const all = state.answers['which-numbers']?.value === 'all'
    const isNew = state.answers.account?.value === 'new'
    const link = hub.permissionLink({
      clientId: channel.clientId,
      ...(!all && { number: channel.phone }),
      ...(email && { email }),
      ...(name && { name }),
      ...(about && { state: caseLabel(about.case) }),
      ...(redirectUrl && { redirectUrl }),
      ...(!isNew && { next: 'login' }),
    })
    return { link }
  },
})
