import { z } from 'zod'
import type { Journal } from '../../journal.ts'
import { type CommandLists, type Scope, scopeSchema } from '../commands.ts'
import { characters } from '../content.ts'
import { badRequest } from '../error.ts'
import { limits } from '../limits.ts'
import { chatId, json, type Methods, method } from '../method.ts'
import { namedChat } from '../rooms.ts'
import type { World } from '../world.ts'

const where = { scope: json(scopeSchema).default({ type: 'default' }), language_code: z.string().default('') }

const commandsSchema = z.looseObject({
  ...where,
  commands: json(z.array(z.object({ command: z.string(), description: z.string() }))),
})

/** `setMyCommands` and its relatives, the bot's descriptions, the menu button. */
export function menuMethods({ world, commands }: { world: World; commands: CommandLists }): Methods {
  const checkScope = (scope: Scope, language: string) => {
    if ('chat_id' in scope) namedChat(world, scope.chat_id)
    if (language && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified')
  }
  return {
    setMyCommands: method(commandsSchema, ({ scope, language_code, commands: list }) => {
      checkScope(scope, language_code)
      if (list.length > limits.commands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
      const cleaned = list.map(({ command, description }) => ({
        command: command.replace(/^\//, ''),
        description: description.trim(),
      }))
      for (const { command, description } of cleaned) checkCommand(command, description)
      commands.set(scope, language_code, cleaned)
      world.ground.changed()
      return true
    }),

    getMyCommands: method(z.looseObject(where), ({ scope, language_code }) => {
      checkScope(scope, language_code)
      return commands.get(scope, language_code)
    }),

    deleteMyCommands: method(z.looseObject(where), ({ scope, language_code }) => {
      checkScope(scope, language_code)
      commands.set(scope, language_code, [])
      world.ground.changed()
      return true
    }),

    ...profileMethods(world.ground.journal),
    ...menuButtonMethods(world),
  }
}

function checkCommand(command: string, description: string) {
  if (!limits.commandName.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  const length = characters(description)
  if (length < 1 || length > limits.commandDescription) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
}

/** The texts people see before they press start. */
function profileMethods(journal: Journal): Methods {
  const table = journal.table<string>('telegram.profile')
  const pair = (name: string, field: 'description' | 'short_description', most: number): Methods => {
    const language = z.string().default('')
    const key = (code: string) => `${field}/${code}`
    return {
      [`setMy${name}`]: method(
        z.looseObject({ [field]: z.string().default(''), language_code: language }),
        (params) => {
          const text = String(params[field])
          if (characters(text) > most) throw badRequest(`bot ${field.replace('_', ' ')} is too long`)
          table.set(key(String(params.language_code)), text)
          return true
        },
      ),
      [`getMy${name}`]: method(z.looseObject({ language_code: language }), ({ language_code }) => ({
        [field]: table.get(key(language_code)) ?? table.get(key('')) ?? '',
      })),
    }
  }
  return {
    ...pair('Description', 'description', limits.description),
    ...pair('ShortDescription', 'short_description', limits.shortDescription),
  }
}

const buttonSchema = json(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('default') }),
    z.object({ type: z.literal('commands') }),
    z.object({ type: z.literal('web_app'), text: z.string(), web_app: z.object({ url: z.url() }) }),
  ]),
)

function menuButtonMethods(world: World): Methods {
  const table = world.ground.journal.table<unknown>('telegram.menu-buttons')
  const place = (id: number | string | undefined) => (id === undefined ? '' : String(namedChat(world, id).id))
  return {
    setChatMenuButton: method(
      z.looseObject({ chat_id: chatId.optional(), menu_button: buttonSchema.optional() }),
      ({ chat_id, menu_button }) => {
        table.set(place(chat_id), menu_button ?? { type: 'default' })
        return true
      },
    ),
    getChatMenuButton: method(
      z.looseObject({ chat_id: chatId.optional() }),
      ({ chat_id }) => table.get(place(chat_id)) ?? table.get('') ?? { type: 'commands' },
    ),
  }
}
