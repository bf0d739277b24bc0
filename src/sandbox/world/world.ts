import type { Ground } from '../ground.ts'
import type { Table } from '../journal.ts'
import { type Acts, type Agenda, agenda } from './agenda.ts'
import { creditActs } from './credit.ts'
import { type GraphErrors, graphErrors } from './graph-errors.ts'
import { intentActs } from './intents.ts'
import { onboardingActs } from './onboarding.ts'
import { partnerChangeActs } from './partner-change.ts'
import { plant } from './plant.ts'
import { plantElsewhere } from './plant-elsewhere.ts'
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
import type { ApiKeyRow, MessagingRow, PartnerChangeRow } from './rows-hub.ts'
import type {
  AccountSideRow,
  AllocationRow,
  CreditRow,
  IntentRow,
  NumberSideRow,
  SolutionRow,
  TokenRow,
  UsageRow,
} from './rows-meta.ts'
import { type SharingFaults, sharingFaults } from './sharing-in.ts'
import { templateActs } from './template-life.ts'
import { zuluTime } from './times.ts'
import { type Webhooks, webhooks } from './webhooks.ts'

export { hubWebhookSecret } from './hub-webhook-secret.ts'

/** The little world: partners, clients and numbers, as 360dialog and Meta know them. */
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
  /** What those two nodes do not show, by the same ids. */
  numberSides: Table<NumberSideRow>
  accountSides: Table<AccountSideRow>
  solutions: Table<SolutionRow>
  intents: Table<IntentRow>
  credits: Table<CreditRow>
  allocations: Table<AllocationRow>
  /** Business tokens and codes of Embedded Signup by themselves. */
  tokens: Table<TokenRow>
  /** When a template name was deleted, by `account/name/language`. */
  gone: Table<number>
  /** Used limits that a person set, by WABA id or `app`. */
  usage: Table<UsageRow>
  /** Errors that the Graph answers because a person said so. */
  graphErrors: GraphErrors
  partnerChanges: Table<PartnerChangeRow>
  /** API keys of channels by their id. */
  apiKeys: Table<ApiKeyRow>
  /** Answers of account sharing that a person ordered. */
  sharingFaults: SharingFaults
  /** What the Messaging API keeps of a channel. */
  messaging: Table<MessagingRow>
  /** Switches that levers turn: `rate` (rate limits are kept). */
  switches: Table<boolean>
  webhooks: Webhooks
  /** What happens by itself as time goes by. */
  agenda: Agenda
  /** Where the web site of a client stands. */
  siteOf(client: string): string
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
    numberSides: journal.table('world.number-sides'),
    accountSides: journal.table('world.account-sides'),
    solutions: journal.table('world.solutions'),
    intents: journal.table('world.intents'),
    credits: journal.table('world.credits'),
    allocations: journal.table('world.allocations'),
    tokens: journal.table('world.tokens'),
    gone: journal.table('world.gone-templates'),
    usage: journal.table('world.usage'),
    graphErrors: graphErrors(),
    partnerChanges: journal.table('world.partner-changes'),
    apiKeys: journal.table('world.api-keys'),
    sharingFaults: sharingFaults(),
    messaging: journal.table('world.messaging'),
    switches: journal.table('world.switches'),
    webhooks: webhooks(ground),
    agenda: agenda(ground, () => acts),
    siteOf: (client) => `${ground.ownUrl}/site/${client}`,
  }
  const acts: Acts = {
    ...onboardingActs(ground, world),
    ...templateActs(ground, world),
    ...partnerChangeActs(ground, world),
    ...intentActs(ground, world),
    ...creditActs(world),
  }
  const ago = (days: number) => zuluTime(clock.now() - days * 86_400_000)
  if (!world.switches.get('planted')) {
    plant(world, ago)
    world.switches.set('planted', true)
  }
  if (!world.switches.get('planted-elsewhere')) {
    plantElsewhere(world, ago)
    world.switches.set('planted-elsewhere', true)
  }
  return world
}
