import { expect, test } from 'vitest'
import { serve } from './served.ts'

const list = (...names: string[]) => names.map((command) => ({ command, description: `Does ${command}` }))

test('people see the command list of the narrowest scope, in their language', async () => {
  const { api, telegram, does } = await serve()
  const shown = (chat: number) =>
    telegram
      .state()
      .chats.find(({ id }) => id === chat)
      ?.commands.map(({ command }) => command)
  await api.setMyCommands(list('help'))
  await api.setMyCommands(list('status'), { scope: { type: 'all_private_chats' } })
  await api.setMyCommands(list('estado'), { scope: { type: 'all_private_chats' }, language_code: 'pt' })
  await api.setMyCommands(list('cases'), { scope: { type: 'chat', chat_id: 7001 } })
  expect([shown(7001), shown(7003), shown(-100200300)]).toEqual([['cases'], ['status'], ['help']])
  await does('language', { user: 'bruno', language_code: 'pt-br' })
  expect(shown(7003)).toEqual(['estado'])
  await api.deleteMyCommands({ scope: { type: 'chat', chat_id: 7001 } })
  expect(shown(7001)).toEqual(['status'])
  expect(await api.getMyCommands()).toEqual(list('help'))
  expect(await api.getMyCommands({ language_code: 'de' })).toEqual([])
})

test('command lists have limits', async () => {
  const { api } = await serve()
  await expect(api.setMyCommands(list('Help'))).rejects.toThrow('400: Bad Request: BOT_COMMAND_INVALID')
  await expect(api.setMyCommands(list('x'.repeat(33)))).rejects.toThrow('BOT_COMMAND_INVALID')
  const many = Array.from({ length: 101 }, (_, n) => `c${n}`)
  await expect(api.setMyCommands(list(...many))).rejects.toThrow('BOT_COMMANDS_TOO_MUCH')
  const mute = [{ command: 'x', description: ' ' }]
  await expect(api.setMyCommands(mute)).rejects.toThrow('BOT_COMMAND_DESCRIPTION_INVALID')
  const nowhere = api.setMyCommands(list('x'), { scope: { type: 'chat', chat_id: 5 } })
  await expect(nowhere).rejects.toThrow('chat not found')
})

test('descriptions and the menu button', async () => {
  const { api } = await serve()
  await api.setMyDescription('Moves numbers')
  await api.setMyDescription('Muda números', { language_code: 'pt' })
  await api.setMyShortDescription('Portdesk')
  expect(await api.getMyDescription({ language_code: 'pt' })).toEqual({ description: 'Muda números' })
  expect(await api.getMyDescription({ language_code: 'de' })).toEqual({ description: 'Moves numbers' })
  expect(await api.getMyShortDescription()).toEqual({ short_description: 'Portdesk' })
  await expect(api.setMyShortDescription('x'.repeat(121))).rejects.toThrow('too long')
  expect(await api.setChatMenuButton({ menu_button: { type: 'commands' } })).toBe(true)
  expect(await api.getChatMenuButton()).toEqual({ type: 'commands' })
})
