import { existsSync } from 'node:fs'
import { type DeskConfig, readDeskConfig } from '../config.ts'

/**
 * `portdesk routes`: which room hears what, and who may speak there, as the desk is set up. `portdesk routes test` tells
 * it of one event.
 */
export async function routes([word, ...args]: string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const desk = readDeskConfig(process.env)
  if (word === 'test') {
    const { routesTest } = await import('./routes-test.ts')
    console.log(routesTest(args, desk))
  } else console.log(describeRoutes(desk))
}

/** The rooms of a desk in plain lines. */
export function describeRoutes({ slack, people, partners, notices }: DeskConfig): string {
  const staff = people.map(({ name, role }) => `${name} (${role})`).join(', ')
  const chats = partners.flatMap((partner) =>
    partner.telegram.map(({ chat, members }) => {
      const who = members ? `the members ${members.join(', ')}` : 'everybody in it'
      return `Telegram ${chat}: the cases of ${partner.name}; ${who} may speak for ${partner.name}`
    }),
  )
  const silent = partners.filter(({ telegram }) => telegram.length === 0).map(({ name }) => `No chat for ${name}`)
  const receivers = Object.entries(notices?.receivers ?? {}).map(([name, { slack: channel, telegram, topic }]) => {
    const room = channel ? `Slack ${channel}` : `Telegram ${telegram}${topic ? `, topic ${topic}` : ''}`
    return `${room}: notices of the routes to ${name}`
  })
  return [
    `Slack ${slack.cases}: all cases; ${staff}`,
    `Slack ${slack.alerts}: notices`,
    ...chats,
    ...silent,
    ...receivers,
  ].join('\n')
}
