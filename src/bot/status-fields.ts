import type { StatusReport } from '../cases/status.ts'
import type { Field } from './card.ts'
import { platformWord } from './platform-words.ts'
import type { Texts } from './texts.ts'

type Facts = StatusReport['facts']
type Values = Record<string, string | undefined>

function fieldsFrom(texts: Texts, values: Values): Field[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [{ label: texts.t(`desk.status.fields.${key}`), value }],
  )
}

/** What everybody wants to know about a number at once. */
export function shortFields({ facts, ownership, partnerName }: StatusReport, texts: Texts): Field[] {
  const pin = facts.phone?.isPinEnabled
  const flag = (value: boolean | undefined) => (value ? texts.t('desk.status.yes') : undefined)
  return fieldsFrom(texts, {
    partner: partnerName,
    'two-step': facts.phone && texts.t(`desk.status.pin.${pin === undefined ? 'unknown' : pin ? 'on' : 'off'}`),
    ownership: ownership && ownershipText(facts, ownership, texts),
    quality: platformWord(texts, 'quality', facts.phone?.quality ?? facts.channel?.quality),
    limit: platformWord(texts, 'limit', facts.account?.messagingLimit ?? facts.channel?.limit),
    balance: facts.balance && texts.money(facts.balance.amountMinor, facts.balance.currency),
    badge: flag(facts.phone?.isOba ?? facts.channel?.isOba),
    'biz-app': flag(facts.phone?.isOnBizApp),
    test: flag(facts.phone?.accountMode === 'SANDBOX'),
  })
}

/** What the Hub shows under "Show details" (procedures.md 5, fields). */
export function longFields({ facts }: StatusReport, texts: Texts): Field[] {
  const { channel, client, waba, phone, permission, account } = facts
  const word = (fact: string, raw: string | undefined) => platformWord(texts, fact, raw)
  const states = [
    word('channel_status', channel?.status),
    word('hub_status', channel?.hubStatus),
    word('account_mode', channel?.accountMode),
    word('meta_status', phone?.status),
  ]
  return fieldsFrom(texts, {
    name: channel?.name ?? texts.t('desk.status.not-yet'),
    client: client && line([client.name, client.id], ' · '),
    email: client?.email,
    channel: channel?.id,
    status: line(states, ' · '),
    platform: word('platform_type', phone?.platformType),
    permission: permission && texts.t(`desk.status.permission.${permission.apiKey}`),
    waba: waba && line([waba.name, word('waba_status', waba.status)], ' · '),
    'waba-id': waba?.externalId,
    owner: account && line([account.ownerBusinessName, account.ownerBusinessId], ' · '),
    business: waba?.fbBusinessId,
    verification: word('business', waba?.fbAccountStatus),
    'on-behalf': word('on_behalf', waba?.onBehalfOf?.status),
    namespace: waba?.namespace,
    timezone: waba?.timezoneId,
    templates: templatesText(facts, texts),
    health: healthText(facts, texts),
  })
}

const line = (parts: readonly (string | undefined)[], between: string) => parts.filter(Boolean).join(between)

/** The platform's own word for who owns the account stands behind ours. */
function ownershipText({ account }: Facts, ownership: string, texts: Texts): string {
  const raw = account?.ownershipType
  return texts.t(`common.values.${ownership}`) + (raw === undefined ? '' : ` (${raw})`)
}

/** How many templates there are, by status and by quality: the list itself is the Hub's. */
function templatesText({ templates }: Facts, texts: Texts): string | undefined {
  if (!templates) return undefined
  const counted = (fact: string, counts: Readonly<Record<string, number>> = {}) =>
    Object.entries(counts).map(([raw, count]) => `${platformWord(texts, fact, raw)}: ${count}`)
  const byStatus = counted('template_status', templates.byStatus).join(', ')
  const byQuality = counted('quality', templates.byQuality).join(', ')
  const quality = byQuality && texts.t('desk.status.template-quality', { counts: byQuality })
  return line([String(templates.total), byStatus, quality], '; ')
}

/** What keeps a number from sending, with Meta's own advice (procedures.md 5 cs-c4). */
function healthText({ health }: Facts, texts: Texts): string | undefined {
  const troubled = (health?.entities ?? []).filter(({ canSendMessage = 'AVAILABLE' }) => canSendMessage !== 'AVAILABLE')
  const lines = troubled.map(({ type, canSendMessage, info = [], errors = [] }) => {
    const why = errors.map(({ code, description, solution }) =>
      line([code === undefined ? undefined : `(${code})`, description, solution], ' '),
    )
    const state = line(
      [platformWord(texts, 'entity', type), platformWord(texts, 'can_send_message', canSendMessage)],
      ': ',
    )
    return line([state, ...info, ...why], '. ')
  })
  return lines.join('\n')
}
