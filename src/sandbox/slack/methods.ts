import { z } from 'zod'
import { type Method, method } from './arguments.ts'
import { chatMethods } from './chat-methods.ts'
import { conversationMethods } from './conversation-methods.ts'
import { fileMethods } from './file-methods.ts'
import type { Parts } from './parts.ts'
import { peopleMethods } from './people-methods.ts'
import type { Sockets } from './sockets.ts'
import type { Tables } from './tables.ts'
import { viewMethods } from './view-methods.ts'

/** Every Web API method that this Slack knows, by name. */
export function webMethods(
  { ground, messages, views, triggers }: Omit<Parts, 'deliver' | 'events' | 'replies'>,
  tables: Tables,
  sockets: Pick<Sockets, 'ticket'>,
): Record<string, Method> {
  return {
    ...chatMethods(ground, messages),
    ...conversationMethods(messages),
    ...peopleMethods(ground),
    ...viewMethods(views, triggers),
    ...fileMethods(ground, tables, messages),
    'apps.connections.open': method('t3', z.object({}), () => ({ url: sockets.ticket(ground.ownUrl) })),
  }
}
