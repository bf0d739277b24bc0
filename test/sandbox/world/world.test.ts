import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/sandbox/journal.ts'
import { channelByPhone } from '../../../src/sandbox/world/find.ts'
import { leverButtons } from '../../../src/sandbox/world/levers-list.ts'
import { numberStates } from '../../../src/sandbox/world/numbers.ts'
import { littleWorld } from '../../../src/sandbox/world/world.ts'
import { testGround } from '../ground.ts'

describe('the little world', () => {
  it('holds three partners, ten clients, fourteen numbers at 360dialog and five elsewhere', () => {
    const world = littleWorld(testGround())
    expect(world.partners.values().map(({ id }) => id)).toEqual(['BrghtlPA', 'NordwnPA', 'SabiaxPA'])
    expect(world.clients.values()).toHaveLength(10)
    const states = numberStates(world)
    expect(states.filter(({ channel }) => channel !== '')).toHaveLength(14)
    expect(states.filter(({ hub_status }) => hub_status === 'not at 360dialog')).toHaveLength(5)
  })

  it('uses phone numbers that are valid and that differ', () => {
    const phones = numberStates(littleWorld(testGround())).map(({ phone }) => phone)
    expect(phones.filter((phone) => !parsePhoneNumberFromString(`+${phone}`)?.isValid())).toEqual([])
    expect(new Set(phones).size).toBe(phones.length)
  })

  it('gives every object an id of its own', () => {
    const { numbers, accounts, businesses, templates, channels, wabas, clients } = littleWorld(testGround())
    const meta = [numbers, accounts, businesses].flatMap((table) => table.values().map(({ id }) => id))
    const ids = [...meta, ...templates.values().map(({ external_id }) => external_id)]
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^\d{15,16}$/.test(id))).toEqual([])
    const hub = [channels, wabas, clients, templates].flatMap((table) => table.values().map(({ id }) => id))
    expect(new Set(hub).size).toBe(hub.length)
  })

  it('has one number in each of the promised conditions', () => {
    const world = littleWorld(testGround())
    const states = numberStates(world)
    const only = (test: (state: (typeof states)[number]) => boolean) => states.filter(test).map(({ phone }) => phone)
    expect(only((one) => one.ownership === 'ON_BEHALF_OF' && one.partner === 'BrghtlPA' && one.pin === true)).toEqual([
      '493023125301',
    ])
    expect(only((one) => one.ownership === 'ON_BEHALF_OF' && one.partner === 'NordwnPA')).toHaveLength(2)
    expect(only((one) => one.pin === null)).toEqual(['493023125202', '5511976540412'])
    expect(only((one) => one.hub_status === 'pending_deletion')).toEqual(['493023125402'])
    expect(only((one) => one.status === 'RESTRICTED' && one.quality === 'RED')).toEqual(['493023125401'])
    expect(only((one) => one.status === 'HIBERNATED')).toEqual(['5511976540305'])
    expect(only((one) => one.client === 'b7Kd0WmzCL')).toHaveLength(3)
    expect(world.asides.values().filter(({ balance }) => balance < 0)).toHaveLength(1)
    expect(world.numbers.values().filter((one) => one.account_mode === 'SANDBOX')).toHaveLength(1)
    expect(world.numbers.values().filter((one) => one.is_on_biz_app)).toHaveLength(1)
    expect(world.numbers.values().filter((one) => one.is_official_business_account)).toHaveLength(1)
  })

  it('finds a number in any spelling, with and without the Brazilian 9', () => {
    const world = littleWorld(testGround())
    const found = (phone: string) => channelByPhone(world, phone)?.id
    expect(found('+49 (30) 231-25101')).toBe('Kd73LmCH')
    expect(found('0049 30 23125101')).toBe('Kd73LmCH')
    expect(found('+55 11 97654-0211')).toBe('aU1br9CH')
    expect(found('551176540211')).toBe('aU1br9CH')
    expect(found('551176540305')).toBe('aU2hibCH')
    expect(found('5511930000102')).toBeUndefined()
    expect(found('+49 30 1')).toBeUndefined()
  })

  it('remembers what changed after a restart and is not planted again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'world-'))
    const file = join(folder, 'journal.jsonl')
    const first = littleWorld(testGround({ journal: openJournal(file) }))
    const number = first.numbers.values()[0]
    if (!number) throw new Error('no number')
    first.numbers.set(number.id, { ...number, is_pin_enabled: false })
    first.clients.delete('Hn42TtqrCL')

    const second = littleWorld(testGround({ journal: openJournal(file) }))
    expect(second.numbers.get(number.id)?.is_pin_enabled).toBe(false)
    expect(second.clients.values()).toHaveLength(9)
    rmSync(folder, { recursive: true })
  })

  it('offers the levers that fit the state of a number', () => {
    const states = numberStates(littleWorld(testGround()))
    const labels = (phone: string) => {
      const state = states.find((one) => one.phone === phone)
      return state ? leverButtons(state).map(({ label }) => label) : []
    }
    expect(labels('493023125101')).toContain('Switch two-step off')
    expect(labels('493023125201')).not.toContain('Switch two-step off')
    expect(labels('493023125402')).toContain('Take cancellation back')
    expect(labels('5511976540412')).not.toContain('Restrict')
  })
})
