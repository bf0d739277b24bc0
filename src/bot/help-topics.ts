/**
 * What people ask about beside errors (procedures.md 15): by its own text in `locales/<language>/help-topics.yaml`, or by
 * the procedure that answers it.
 */
interface HelpTopic {
  /** Small letters, without signs: titles of the documentation, and words of people. */
  says: readonly string[]
  flow?: string
}

const topics: Readonly<Record<string, HelpTopic>> = {
  hosting: {
    says: [
      'hosting',
      'hosting type',
      'hosting type change',
      'hosting platform',
      'on premise',
      'on premises',
      'cloud api',
      'enable cloud api',
      'move to cloud api',
      'differences between cloud api and on premise api',
      'differences between on premise api and cloud api',
    ],
  },
  adding: {
    says: ['add number', 'add a number', 'adding a number', 'add a whatsapp number', 'integrated onboarding'],
  },
  hubs: {
    says: ['login', 'log in', 'login issues', 'locked out', 'partner hub', 'client hub', '360dialog client hub'],
  },
  support: {
    says: [
      'support',
      'support contacts',
      'contact support',
      'how to contact support',
      'help and support',
      'opening hours',
      'response time',
      'raise a support request',
      'how to report an issue',
      'support availability slas',
    ],
  },
  invoice: { says: ['invoice', 'month closing invoice', 'mci'] },
  'template-pages': {
    says: ['coupon', 'carousel', 'otp', 'coupon code templates', 'authentication templates', 'template elements'],
  },
  health: { says: ['blocked', 'quality', 'quality rating', 'account health', 'messaging limits quality rating'] },
  government: { says: ['government', 'waba for government agencies'] },
  'brazil-payment': { says: ['pix', 'boleto', 'pix boleto', 'payment methods for br'] },
  errors: { says: ['error messages', 'error code reference', 'common issues', 'errors while messaging'] },
  webhooks: { says: ['webhook events', 'webhook events and notifications'] },
  'partner-change': { says: ['partner change', 'change partner'], flow: 'partner-change' },
  cancellation: { says: ['cancellation', 'cancel a number', 'downgrade'], flow: 'cancellation' },
  'api-key': { says: ['api key', 'api keys', 'partner permission to generate api key'], flow: 'api-key' },
  templates: { says: ['template message management', 'templates'], flow: 'template-actions' },
  profile: { says: ['waba profile info', 'business profile', 'profile'], flow: 'profile-update' },
  catalog: { says: ['products catalogs', 'catalog', 'catalogs'], flow: 'commerce-visibility' },
  funds: { says: ['funds', 'payment management', 'refund'], flow: 'refund' },
  statuses: { says: ['account statuses', 'manage your waba'], flow: 'channel-status' },
  'coming-over': { says: ['migrate number from meta or alternate bsp'], flow: 'number-migration' },
  leaving: { says: ['migrate to alternate bsp'], flow: 'port-out' },
}

export interface Topic {
  id: string
  flow?: string
}

/** The longest text in which a topic is looked for, in words: a longer one is a paste. */
const mostWords = 12

/** The topic that a text names, which with `whole` must be all that it says. */
export function helpTopic(text: string, { whole }: { whole: boolean }): Topic | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length === 0 || words.length > mostWords) return undefined
  const said = ` ${words.join(' ')} `
  const hits = Object.entries(topics).flatMap(([id, { says, flow }]) => {
    const phrases = says.filter((phrase) => (whole ? said === ` ${phrase} ` : said.includes(` ${phrase} `)))
    return phrases.map((phrase) => ({ length: phrase.length, topic: { id, ...(flow && { flow }) } }))
  })
  return hits.sort((a, b) => b.length - a.length)[0]?.topic
}

/** Every topic with its phrases. */
export const helpTopics = Object.entries(topics).map(([id, { says, flow }]) => ({ id, says, ...(flow && { flow }) }))
