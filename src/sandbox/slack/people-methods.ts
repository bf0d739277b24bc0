import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { flag, type Method, method, needed, optional, page, pageSize } from './arguments.ts'
import { SlackError } from './errors.ts'
import { bot, findPerson, handle, type Person, people, slackbot, team } from './people.ts'

/** Who the app is, and who the people are. */
export function peopleMethods(ground: Ground): Record<string, Method> {
  const members = [...people.map(personPayload), botPayload]
  return {
    'auth.test': method('t5', z.object({}), () => ({
      url: `${ground.ownUrl}/`,
      team: team.name,
      user: bot.name,
      team_id: team.id,
      user_id: bot.user,
      bot_id: bot.id,
      is_enterprise_install: false,
    })),
    'users.info': method('t4', z.object({ user: needed, include_locale: flag }), ({ user }) => {
      const found = members.find(({ id }) => id === user)
      if (!found) throw new SlackError('user_not_found')
      return { user: found }
    }),
    'users.list': method('t2', z.object({ limit: pageSize(200), cursor: optional }), (args) => {
      const { items, response_metadata } = page(
        [...members, { id: slackbot, name: 'slackbot', team_id: team.id }],
        args,
      )
      return { members: items, cache_ts: Math.floor(ground.clock.now() / 1000), response_metadata }
    }),
  }
}

const personPayload = (person: Person) => ({
  id: person.id,
  team_id: team.id,
  name: handle(person),
  real_name: person.name,
  deleted: false,
  is_bot: false,
  is_app_user: false,
  is_admin: findPerson('dan') === person,
  tz: 'Europe/Berlin',
  tz_offset: 3600,
  locale: 'en-US',
  profile: {
    real_name: person.name,
    display_name: handle(person),
    title: person.title,
    email: `${handle(person)}@desk.example`,
  },
})

const botPayload = {
  id: bot.user,
  team_id: team.id,
  name: bot.name,
  real_name: 'Portdesk',
  deleted: false,
  is_bot: true,
  is_app_user: false,
  profile: { real_name: 'Portdesk', display_name: bot.name, api_app_id: bot.app, bot_id: bot.id },
}
