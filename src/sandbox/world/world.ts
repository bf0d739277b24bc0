import type { Ground } from '../ground.ts'
import type { Table } from '../journal.ts'
import { plant } from './plant.ts'
import type {
  AccountRow,
  AsideRow,
  BusinessRow,
  ChannelRow,
  ClientRow,
  NumberRow,
  PartnerRow,
  TemplateRow,
  WabaRow,
} from './rows.ts'
import { zuluTime } from './times.ts'
import { type Webhooks, webhooks } from './webhooks.ts'

export { hubWebhookSecret } from './hub-webhook-secret.ts'

/** The little world: three partners, eight clients and fourteen numbers, as 360dialog and Meta know them. */
export interface World {
  partners: Table<PartnerRow>
  clients: Table<ClientRow>
  /** 360dialog's WABA accounts by 360dialog id. */
  wabas: Table<WabaRow>
  channels: Table<ChannelRow>
  templates: Table<TemplateRow>
  /** Money, permission and a note by channel id. */
  asides: Table<AsideRow>
  /** Meta's phone number nodes by Meta id. */
  numbers: Table<NumberRow>
  /** Meta's WABA nodes by Meta id. */
  accounts: Table<AccountRow>
  businesses: Table<BusinessRow>
  /** Switches that levers turn: `rate` (rate limits are kept). */
  switches: Table<boolean>
  webhooks: Webhooks
}

/** Opens the world's tables and fills them once; webhooks that were still on their way go on. */
export function littleWorld(ground: Ground): World {
  const { journal, clock } = ground
  const world: World = {
    partners: journal.table('world.partners'),
    clients: journal.table('world.clients'),
    wabas: journal.table('world.wabas'),
    channels: journal.table('world.channels'),
    templates: journal.table('world.templates'),
    asides: journal.table('world.asides'),
    numbers: journal.table('world.numbers'),
    accounts: journal.table('world.accounts'),
    businesses: journal.table('world.businesses'),
    switches: journal.table('world.switches'),
    webhooks: webhooks(ground),
  }
  if (!world.switches.get('planted')) {
    plant(world, (days) => zuluTime(clock.now() - days * 86_400_000))
    world.switches.set('planted', true)
  }
  return world
}
