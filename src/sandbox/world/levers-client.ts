import { z } from 'zod'
import { type LeverKit, type Levers, lever } from './lever.ts'
import { newClient } from './new-client.ts'
import {
  approveChange,
  channelsOf,
  completeChange,
  failChange,
  otherProcessor,
  requestChange,
  sameProcessor,
} from './partner-change.ts'
import { sharePermission } from './permission.ts'
import type { PartnerChangeRow } from './rows-hub.ts'

/** What a client does in its Client Hub: sign up, change the partner, share permissions. */
export function clientLevers({ ground, world, phone, partner, client, clientOf, partnerOf }: LeverKit): Levers {
  const created = z.strictObject({
    partner,
    name: z.string().min(1),
    email: z.email(),
    country: z.string().length(2).default('DE'),
    business: z.string().optional(),
  })
  const decision = z.enum(['approve', 'decline', 'fail', 'complete'])
  const change = z
    .strictObject({ client, to: partner.optional(), phones: z.array(phone).optional(), decision: decision.optional() })
    .refine(({ to, decision }) => (to === undefined) !== (decision === undefined), 'give to or decision')
  const permissions = z.strictObject({
    client,
    shared: z.array(phone).default([]),
    revoked: z.array(phone).default([]),
    state: z.string().optional(),
  })
  const processor = z.strictObject({ partner, system: z.string().min(1) })
  const faults = z.strictObject({
    answer: z.union([z.literal(429), z.literal(500)]),
    times: z.int().positive().default(1),
  })

  const decide = (row: PartnerChangeRow, decision: z.output<typeof change>['decision']) => {
    if (decision === 'approve' && row.status === 'created') return approveChange(ground, world, row)
    if (decision === 'complete') return completeChange(ground, world, row)
    return decision === 'approve' ? row : failChange(ground, world, row)
  }

  return {
    client_created: lever(created, (given) => {
      const row = newClient(ground, world, given)
      return `${row.name} signed up under ${partnerOf(row.partner_id).brand_name} as ${row.id}.`
    }),
    partner_change: lever(change, ({ client, to, phones, decision }) => {
      const owner = clientOf(client)
      const open = world.partnerChanges
        .values()
        .findLast((row) => row.source_client_id === client && ['created', 'pending'].includes(row.status))
      if (to === undefined) {
        return open
          ? `The change ${open.id} is ${decide(open, decision).status}.`
          : `${owner.name} asked for no change.`
      }
      if (open) return `The Client Hub says: a request is open (${open.id}).`
      if (to === owner.partner_id) return `${owner.name} is with ${partnerOf(to).brand_name} already.`
      if (!sameProcessor(world, owner.partner_id, to)) return `The Client Hub says: "${otherProcessor}"`
      const channels = phones ?? channelsOf(world, client).map(({ id }) => id)
      const strange = channels.find((id) => world.channels.get(id)?.client_id !== client)
      if (strange) return `The channel ${strange} is not one of ${owner.name}.`
      const row = requestChange(ground, world, owner, to, channels)
      return `${owner.name} asks to move ${channels.length} numbers to ${partnerOf(to).brand_name}: ${row.id}, ${row.status}.`
    }),
    permissions: lever(permissions, ({ client, shared, revoked, state }) => {
      for (const id of shared) sharePermission(world, id, true)
      for (const id of revoked) sharePermission(world, id, false)
      const url = new URL(partnerOf(clientOf(client).partner_id).partner_redirect_url)
      url.searchParams.set('client', client)
      url.searchParams.set('channels', `[${shared.join(',')}]`)
      if (revoked.length) url.searchParams.set('revoked', `[${revoked.join(',')}]`)
      if (state) url.searchParams.set('state', state)
      return `The permission page sends the client back to ${url.href}`
    }),
    processor: lever(processor, ({ partner, system }) => {
      world.partners.set(partner, { ...partnerOf(partner), billing_system: system })
      return `${partnerOf(partner).brand_name} bills through ${system}.`
    }),
    account_sharing: lever(faults, ({ answer, times }) => {
      world.sharingFaults.add(answer, times)
      return `Account sharing does its work and answers ${answer}, ${times} times.`
    }),
  }
}
