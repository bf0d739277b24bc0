import { existsSync } from 'node:fs'
import { type DeskConfig, readDeskConfig } from '../config.ts'

/** `portdesk routes`: which room hears what, and who may speak there, as the desk is set up. */
export async function routes(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  console.log(describeRoutes(readDeskConfig(process.env)))
}

/** The rooms of a desk in plain lines. */
export function describeRoutes({ slack, people, partners }: DeskConfig): string {
  const staff = people.map(({ name, role }) => `${name} (${role})`).join(', ')
  const chats = partners.flatMap((partner) =>
    partner.telegram.map(({ chat, members }) => {
      const who = members ? `the members ${members.join(', ')}` : 'everybody in it'
      return `Telegram ${chat}: the cases of ${partner.name}; ${who} may speak for ${partner.name}`
    }),
  )
  const silent = partners.filter(({ telegram }) => telegram.length === 0).map(({ name }) => `No chat for ${name}`)
  return [`Slack ${slack.cases}: all cases; ${staff}`, `Slack ${slack.alerts}: notices`, ...chats, ...silent].join('\n')
}
