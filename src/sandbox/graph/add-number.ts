import { z } from 'zod'
import { canonical, servingNumber } from '../world/find.ts'
import { isServed, migrationRefusal } from '../world/migration-checks.ts'
import { enterNumber } from '../world/new-number.ts'
import { cloud, type Refusal, refusals } from '../world/refusals.ts'
import { numberSide } from '../world/sides.ts'
import type { World } from '../world/world.ts'
import { answer, noObject, problem } from './answers.ts'
import { read } from './given.ts'
import type { Scene } from './scene.ts'

const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '0', '1'])])
  .transform((one) => `${one}` === 'true' || one === '1')

const body = z.object({
  cc: z.coerce.string().regex(/^\d{1,3}$/, 'a country calling code in digits'),
  phone_number: z.coerce.string().regex(/^\d{4,14}$/, 'the national part in digits'),
  migrate_phone_number: flag.default(false),
  verified_name: z.string().optional(),
})

/** `POST /{WABA}/phone_numbers`: adds a number, or begins its migration (meta.md 3.1). */
export async function addNumber({ c, ground, world, id }: Scene): Promise<Response> {
  const account = world.accounts.get(id)
  const read_ = await read(c, body)
  if (!account) return noObject(c, id)
  if ('wrong' in read_) return read_.wrong
  const { cc, phone_number, migrate_phone_number: migrate, verified_name: name } = read_.value
  const phone = `${cc}${phone_number}`
  const source = servingNumber(world, phone)
  const refusal =
    justDeleted(world, phone, ground.clock.now()) ??
    alreadyHere(world, id, phone) ??
    (migrate ? migrationRefusal(world, account, source) : addRefusal(source !== undefined, name))
  if (refusal) return problem(c, refusal)
  const row = enterNumber(ground, world, { phone, waba: id, name, ...(migrate && { source }) })
  ground.changed()
  return answer(c, { id: row.id })
}

const addRefusal = (served: boolean, name: string | undefined): Refusal | undefined => {
  if (!name) return { status: 400, code: 100, message: '(#100) The parameter verified_name is required.' }
  return served
    ? { status: 400, code: 200000, message: '(#200000) The phone number is registered with another account' }
    : undefined
}

/** An entry in this WABA that nobody has registered yet counts as well. */
function alreadyHere(world: World, waba: string, phone: string): Refusal | undefined {
  const here = world.numbers
    .values()
    .some((one) => one.waba_id === waba && sameNumber(one, phone) && (one.status === 'PENDING' || isServed(one)))
  return here ? refusals.alreadyThere : undefined
}

function justDeleted(world: World, phone: string, now: number): Refusal | undefined {
  const gone = world.numbers.values().findLast((one) => one.status === 'DELETED' && sameNumber(one, phone))
  const at = gone && numberSide(world, gone.id).deleted_at
  return at && now - at < 300_000
    ? cloud(133015, 'Please wait', 'The number was just deleted. Wait 5 minutes.')
    : undefined
}

const sameNumber = ({ display_phone_number: shown }: { display_phone_number: string }, phone: string) =>
  canonical(shown) === canonical(phone)
