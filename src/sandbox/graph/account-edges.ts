import { z } from 'zod'
import { accountSide, changeAccountSide, ownApp, systemUser } from '../world/sides.ts'
import { answer, badParameter, success } from './answers.ts'
import { read } from './given.ts'
import type { Handlers } from './scene.ts'

const override = z.object({
  override_callback_uri: z.string().max(200).optional(),
  verify_token: z.string().optional(),
})
const list = z.union([z.array(z.string()), z.string().transform((text) => text.split(','))])
const assignment = z.object({ user: z.coerce.string().min(1), tasks: list })
const dismissal = z.object({ user: z.coerce.string().min(1) })

/** Tasks on a WABA (meta.md 3.8). */
const tasks = `MANAGE DEVELOP MANAGE_TEMPLATES MANAGE_PHONE VIEW_COST MANAGE_EXTENSIONS VIEW_PHONE_ASSETS
  MANAGE_PHONE_ASSETS VIEW_TEMPLATES VIEW_INSIGHTS MANAGE_USERS MANAGE_BILLING MESSAGING`.split(/\s+/)

/** Who works on a WABA: subscribed apps and assigned users (meta.md 3.8, 3.9). */
export const accountEdges: Handlers = {
  'GET subscribed_apps': ({ c, world, id }) =>
    answer(c, {
      data: accountSide(world, id).apps.map(({ app, ...rest }) => ({
        whatsapp_business_api_data: app === ownApp.id ? ownApp : { id: app, name: 'Another app', link: '' },
        ...rest,
      })),
    }),
  async 'POST subscribed_apps'({ c, ground, world, id }) {
    const given = await read(c, override)
    if ('wrong' in given) return given.wrong
    const { override_callback_uri: uri } = given.value
    const others = accountSide(world, id).apps.filter(({ app }) => app !== ownApp.id)
    const own = { app: ownApp.id, ...(uri && { override_callback_uri: uri }) }
    changeAccountSide(world, id, { apps: [...others, own] })
    ground.changed()
    return success(c)
  },
  'DELETE subscribed_apps'({ c, ground, world, id }) {
    const apps = accountSide(world, id).apps.filter(({ app }) => app !== ownApp.id)
    changeAccountSide(world, id, { apps })
    ground.changed()
    return success(c)
  },
  'GET assigned_users'({ c, world, id }) {
    if (!c.req.query('business')) return badParameter(c, 'The parameter business is required.')
    return answer(c, { data: accountSide(world, id).users, paging: { cursors: {} } })
  },
  async 'POST assigned_users'({ c, ground, world, id }) {
    const given = await read(c, assignment)
    if ('wrong' in given) return given.wrong
    const { user, tasks: wanted } = given.value
    const odd = wanted.find((task) => !tasks.includes(task))
    if (odd) return badParameter(c, `Param tasks: ${odd} is no task`)
    if (user !== systemUser.id) return badParameter(c, `Param user: ${user} is no system user of yours`)
    const others = accountSide(world, id).users.filter((one) => one.id !== user)
    changeAccountSide(world, id, { users: [...others, { id: user, name: systemUser.name, tasks: wanted }] })
    ground.changed()
    return success(c)
  },
  async 'DELETE assigned_users'({ c, ground, world, id }) {
    const given = await read(c, dismissal)
    if ('wrong' in given) return given.wrong
    const users = accountSide(world, id).users.filter((one) => one.id !== given.value.user)
    changeAccountSide(world, id, { users })
    ground.changed()
    return success(c)
  },
}
