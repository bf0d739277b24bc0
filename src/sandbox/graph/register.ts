import { z } from 'zod'
import { intentInto } from '../world/intents.ts'
import { cloud, type Refusal, refusals } from '../world/refusals.ts'
import type { NumberRow } from '../world/rows.ts'
import { changeNumberSide, numberSide, pinOf } from '../world/sides.ts'
import { switchOver } from '../world/switch-over.ts'
import type { World } from '../world/world.ts'
import { noObject, problem, success } from './answers.ts'
import { read } from './given.ts'
import type { Scene } from './scene.ts'

const hour = 3_600_000
/** Registrations and deregistrations of one number (meta.md 4.6). Whether Meta counts both together is not known. */
const budget = { calls: 10, perMs: 72 * hour }
/** A proof of ownership that was not used ends after two weeks. */
const proofMs = 14 * 24 * hour

const body = z.object({
  messaging_product: z.literal('whatsapp'),
  pin: z.coerce.string().regex(/^\d{6}$/, 'six digits'),
})

/** `POST /{PHONE}/register`: the switch-over (meta.md 3.3). */
export async function register({ c, ground, world, id }: Scene): Promise<Response> {
  const given = await read(c, body)
  const number = world.numbers.get(id)
  if (!number) return noObject(c, id)
  if ('wrong' in given) return given.wrong
  const { pin } = given.value
  const now = ground.clock.now()
  const refusal =
    spent(world, id, now) ??
    gone(world, number, now) ??
    unproved(world, number, now) ??
    wrongPin(world, number, pin, now)
  if (refusal) return problem(c, refusal)
  switchOver(ground, world, number, pin)
  return success(c)
}

/** `POST /{PHONE}/deregister`: the number stays, and cannot send. */
export async function deregister({ c, ground, world, id }: Scene): Promise<Response> {
  const number = world.numbers.get(id)
  if (!number) return noObject(c, id)
  const refusal = spent(world, id, ground.clock.now()) ?? notRegistered(number)
  if (refusal) return problem(c, refusal)
  if (number.is_on_biz_app) {
    return problem(c, { status: 400, code: 100, message: '(#100) The number is used with the WhatsApp Business app' })
  }
  world.numbers.set(id, { ...number, status: 'DISCONNECTED', platform_type: 'NOT_APPLICABLE' })
  ground.changed()
  return success(c)
}

export const notRegistered = ({ status, platform_type }: NumberRow): Refusal | undefined =>
  platform_type === 'NOT_APPLICABLE' || ['PENDING', 'MIGRATED', 'DELETED'].includes(status)
    ? cloud(133010, 'Account not registered', 'Register the phone number first.')
    : undefined

/** Counts the call; the 11th in 72 hours is refused, and so is every one in the next 72. */
function spent(world: World, id: string, now: number): Refusal | undefined {
  const { registers, blocked_until } = numberSide(world, id)
  const tooOften = cloud(
    133016,
    'Account register deregister rate limit exceeded',
    'There were 10 registrations or deregistrations of this number in 72 hours. Wait 72 hours.',
  )
  if (blocked_until !== null && now < blocked_until) return tooOften
  const recent = registers.filter((at) => at > now - budget.perMs)
  if (recent.length >= budget.calls) {
    changeNumberSide(world, id, { blocked_until: now + budget.perMs })
    return tooOften
  }
  changeNumberSide(world, id, { registers: [...recent, now], blocked_until: null })
  return undefined
}

function gone(world: World, { id, status }: NumberRow, now: number): Refusal | undefined {
  if (status === 'MIGRATED') return cloud(133010, 'Account not registered', 'The number is served elsewhere.')
  if (status !== 'DELETED') return undefined
  const { deleted_at } = numberSide(world, id)
  return deleted_at !== null && now - deleted_at < 300_000
    ? cloud(133015, 'Please wait', 'The number was just deleted. Wait 5 minutes.')
    : { status: 400, code: 33, message: '(#33) The phone number was deleted' }
}

/** A number that was just added has to be proved, unless it moves between solutions (meta.md 3.2). */
function unproved(world: World, number: NumberRow, now: number): Refusal | undefined {
  if (number.status !== 'PENDING' || intentInto(world, number.waba_id)) return undefined
  const { verified_at } = numberSide(world, number.id)
  if (number.code_verification_status === 'VERIFIED' && verified_at !== null && now - verified_at <= proofMs) {
    return undefined
  }
  if (verified_at !== null) world.numbers.set(number.id, { ...number, code_verification_status: 'EXPIRED' })
  const { title = '', text = '' } = refusals.notVerified
  return cloud(133006, 'Phone number needs to be verified', `${title}. ${text}`)
}

/** Too many wrong PINs in twelve hours lock the number, and so do guesses that follow too quickly. */
function wrongPin(world: World, number: NumberRow, pin: string, now: number): Refusal | undefined {
  const source = world.numbers.get(numberSide(world, number.id).migrating_from ?? '')
  const wanted = pinOf(world, source ?? number)
  if (wanted === null) return undefined
  const guesses = numberSide(world, number.id).guesses.filter((at) => at > now - 12 * hour)
  const last = guesses.at(-1)
  if (guesses.length >= 3) {
    const minutes = Math.ceil((12 * hour - (now - (guesses[0] ?? now))) / 60_000)
    return cloud(133008, 'Too many two step verification PIN guesses', `Wait ${minutes} minutes.`)
  }
  if (last !== undefined && now - last < 5000) {
    return cloud(133009, 'Two step verification PIN guessed too fast', 'Wait 5 seconds.')
  }
  if (pin === wanted) return undefined
  changeNumberSide(world, number.id, { guesses: [...guesses, now] })
  return cloud(133005, 'Two step verification PIN Mismatch', 'The PIN is not the one of this number.')
}
