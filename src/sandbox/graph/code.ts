import { z } from 'zod'
import { cloud, type Refusal, refusals } from '../world/refusals.ts'
import type { NumberRow } from '../world/rows.ts'
import { changeNumberSide, numberSide } from '../world/sides.ts'
import { noObject, problem, success } from './answers.ts'
import { read } from './given.ts'
import type { Scene } from './scene.ts'

/** The one-time code that every phone of the sandbox gets. */
export const sandboxCode = '123456'

const codeLifeMs = 600_000
const mostCodesAnHour = 5

const asked = z.object({ code_method: z.enum(['SMS', 'VOICE']), language: z.string().min(2) })
const typed = z.object({ code: z.coerce.string().transform((text) => text.replace(/\D/g, '')) })

/** `POST /{PHONE}/request_code` (meta.md 3.2). */
export async function requestCode({ c, ground, world, id }: Scene): Promise<Response> {
  const given = await read(c, asked)
  const number = world.numbers.get(id)
  if (!number) return noObject(c, id)
  if ('wrong' in given) return given.wrong
  const now = ground.clock.now()
  const codes = numberSide(world, id).codes.filter((at) => at > now - 3_600_000)
  const refusal = notWaiting(number, refusals.noCodeToAsk)
  if (refusal) return problem(c, refusal)
  if (codes.length >= mostCodesAnHour) return problem(c, refusals.tooManyCodes)
  changeNumberSide(world, id, { codes: [...codes, now] })
  return success(c)
}

/** `POST /{PHONE}/verify_code`: proves who holds the number. */
export async function verifyCode({ c, ground, world, id }: Scene): Promise<Response> {
  const given = await read(c, typed)
  const number = world.numbers.get(id)
  if (!number) return noObject(c, id)
  if ('wrong' in given) return given.wrong
  const refusal = notWaiting(number, refusals.noCodeToCheck)
  if (refusal) return problem(c, refusal)
  const now = ground.clock.now()
  const sent = numberSide(world, id).codes.at(-1)
  if (sent === undefined || now - sent > codeLifeMs || given.value.code !== sandboxCode) {
    return problem(c, cloud(136025, 'Verify code error', 'The code is wrong or has expired.'))
  }
  world.numbers.set(id, { ...number, code_verification_status: 'VERIFIED' })
  changeNumberSide(world, id, { verified_at: now })
  ground.changed()
  return success(c)
}

/** Only a number that was added or migrated, and not proved yet, waits for a code. */
function notWaiting({ status, code_verification_status: proof }: NumberRow, otherwise: Refusal): Refusal | undefined {
  if (status !== 'PENDING') return otherwise
  return proof === 'VERIFIED' ? cloud(136024, 'Request code error', 'The phone number is verified already.') : undefined
}
