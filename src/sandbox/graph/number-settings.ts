import { z } from 'zod'
import { secret } from '../world/ids.ts'
import type { NumberRow } from '../world/rows.ts'
import { send } from '../world/sending.ts'
import { setPin } from '../world/sides.ts'
import { answer, badParameter, noObject, problem, success } from './answers.ts'
import { read } from './given.ts'
import { notRegistered } from './register.ts'
import type { Scene } from './scene.ts'

const webhook = z.object({ override_callback_uri: z.string().max(200), verify_token: z.string().optional() })
const body = z.object({
  pin: z.coerce
    .string()
    .regex(/^\d{6}$/, 'six digits')
    .optional(),
  new_display_name: z.string().min(3).max(60).optional(),
  webhook_configuration: webhook.optional(),
})

/** `POST /{PHONE}`: sets the two-step PIN, asks for another display name, redirects webhooks (meta.md 3.3, 3.9). */
export async function changeNumber({ c, ground, world, id }: Scene): Promise<Response> {
  const given = await read(c, body)
  const number = world.numbers.get(id)
  if (!number) return noObject(c, id)
  if ('wrong' in given) return given.wrong
  const { pin, new_display_name, webhook_configuration: hook } = given.value
  if (pin === undefined && new_display_name === undefined && !hook)
    return badParameter(c, 'Nothing to change was given')
  const refusal = pin === undefined ? undefined : notRegistered(number)
  if (refusal) return problem(c, refusal)
  const row: NumberRow = {
    ...number,
    ...(new_display_name && { new_display_name, new_name_status: 'PENDING_REVIEW' }),
    ...(hook && {
      webhook_configuration: hook.override_callback_uri ? { phone_number: hook.override_callback_uri } : {},
    }),
  }
  world.numbers.set(id, row)
  if (pin !== undefined) {
    setPin(world, id, pin)
    world.webhooks.meta(number.waba_id, 'security', {
      display_phone_number: number.display_phone_number.replace(/\D/g, ''),
      event: 'PIN_CHANGED',
    })
  }
  ground.changed()
  return success(c)
}

const message = z.object({ messaging_product: z.literal('whatsapp'), to: z.coerce.string().min(5) })

/** `POST /{PHONE}/messages`: sends, or says why it cannot. Nobody gets the message. */
export async function sendMessage({ c, ground, world, id }: Scene): Promise<Response> {
  const given = await read(c, message)
  const number = world.numbers.get(id)
  if (!number) return noObject(c, id)
  if ('wrong' in given) return given.wrong
  const to = given.value.to.replace(/\D/g, '')
  const refusal = send(world, number, to, ground.clock.now())
  if (refusal) return problem(c, refusal)
  return answer(c, {
    messaging_product: 'whatsapp',
    contacts: [{ input: given.value.to, wa_id: to }],
    messages: [{ id: `wamid.${secret()}` }],
  })
}
