import { z } from 'zod'
import { servingNumber } from './find.ts'
import { called, type LeverKit, type Levers, lever } from './lever.ts'
import { migrationRefusal } from './migration-checks.ts'
import { enterNumber } from './new-number.ts'
import { send, sendRefusal } from './sending.ts'
import { changeNumberSide } from './sides.ts'
import { switchOver } from './switch-over.ts'

/** What people do with a number in pages of Meta and 360dialog: import it, name it, delete it, send with it. */
export function migrationLevers({ ground, world, metaPhone, waba, side, account }: LeverKit): Levers {
  const digits = z.union([z.string(), z.number()]).transform((given) => String(given).replace(/\D/g, ''))
  const imported = z.strictObject({ phone: digits, waba })
  const name = z.strictObject({
    phone: metaPhone,
    decision: z.enum(['APPROVED', 'REJECTED', 'DEFERRED', 'PENDING']),
    reason: z.string().default('NAME_NOT_CONSISTENT'),
  })
  const on = z.strictObject({ phone: metaPhone, on: z.boolean().default(true) })
  const sent = z.strictObject({ phone: metaPhone, to: z.string().default('4915550009999') })

  return {
    imported: lever(imported, ({ phone, waba }) => {
      const source = servingNumber(world, phone)
      const refusal = migrationRefusal(world, account(waba), source)
      if (refusal) return `The Client Hub says: "${refusal.hub ?? refusal.text}"`
      switchOver(ground, world, enterNumber(ground, world, { phone, waba, source }), null)
      return `+${phone} is imported; its channel is being set up.`
    }),
    name: lever(name, ({ phone, decision, reason }) => {
      const found = side(phone)
      const { new_display_name, new_name_status, ...row } = found.number
      const wanted = new_display_name ?? row.verified_name
      const approved = decision === 'APPROVED'
      if (approved) world.numbers.set(phone, { ...row, verified_name: wanted, name_status: 'APPROVED' })
      else if (decision === 'REJECTED' && new_display_name) world.numbers.set(phone, row)
      else if (decision === 'REJECTED') world.numbers.set(phone, { ...row, name_status: 'DECLINED' })
      else world.numbers.set(phone, { ...found.number, new_name_status: 'PENDING_REVIEW' })
      world.webhooks.meta(found.account.id, 'phone_number_name_update', {
        display_phone_number: found.number.display_phone_number.replace(/\D/g, ''),
        decision,
        requested_verified_name: wanted,
        rejection_reason: decision === 'REJECTED' ? reason : null,
      })
      return `The name ${wanted} of ${called(found)} is ${decision}.`
    }),
    deleted: lever(z.strictObject({ phone: metaPhone }), ({ phone }) => {
      const found = side(phone)
      world.numbers.set(phone, { ...found.number, status: 'DELETED', platform_type: 'NOT_APPLICABLE' })
      changeNumberSide(world, phone, { deleted_at: ground.clock.now() })
      return `${called(found)} is deleted in WhatsApp Manager.`
    }),
    maintenance: lever(on, ({ phone, on }) => {
      changeNumberSide(world, phone, { maintenance: on })
      return `${called(side(phone))} is ${on ? 'in' : 'out of'} maintenance.`
    }),
    sent: lever(sent, ({ phone, to }) => {
      const found = side(phone)
      const refusal = sendRefusal(world, found.number)
      send(world, found.number, to.replace(/\D/g, ''), ground.clock.now())
      return `${called(found)} ${refusal ? `could not send: ${refusal.message}` : 'sent a message'}.`
    }),
  }
}
