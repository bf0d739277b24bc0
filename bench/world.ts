import type { FactName, Readings } from '../src/meta/facts.ts'
import type { Finder } from '../src/meta/find.ts'
import type { LookUp } from '../src/meta/look-up.ts'
import type { Rosters } from '../src/meta/roster.ts'

/** A number of a client whose two-step verification is on, as the platforms would tell it. */
export function readings(now: number, phone = '493023125101'): Readings {
  const known = <T>(value: T) => ({ state: 'known', value, asOf: new Date(now).toISOString(), source: 'hub' }) as const
  return {
    channel: known({ id: 'Kd73LmCH', clientId: 'Kd73LmCL', phone, hubStatus: 'live', status: 'ready' }),
    client: known({ id: 'Kd73LmCL', name: 'Acme' }),
    waba: known({ id: 'Pw90RsWA' }),
    phone: known({ id: '106381927740556', isPinEnabled: true, status: 'CONNECTED' }),
    account: known({ id: '102290129340398', ownershipType: 'CLIENT_OWNED' }),
    balance: known({ amountMinor: 4815, currency: 'EUR' }),
    templates: known({ total: 3, byStatus: { approved: 3 } }),
    permission: known({ apiKey: 'shared' as const }),
  }
}

/** Platforms that know every number and answer at once. */
export function quickPlatforms(): { finder: Finder; lookUp: LookUp; rosters: Rosters } {
  return {
    finder: {
      async find(phone) {
        const channel = { id: 'Kd73LmCH', clientId: 'Kd73LmCL', phone }
        return { kind: 'one', phone, channel, subject: { partner: 'brightline', phone } }
      },
    },
    lookUp: {
      async readings({ phone }, names) {
        const all = readings(Date.now(), phone)
        const pick = (name: FactName) => (all[name] ? [[name, all[name]] as const] : [])
        return Object.fromEntries(names.flatMap(pick)) as Readings
      },
    },
    rosters: {
      of: async () => ({ rows: [], clients: [], complete: true, asOf: new Date().toISOString() }),
    },
  }
}
