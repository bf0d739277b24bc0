import type { Ground } from '../ground.ts'
import type { Deliver } from './deliver.ts'
import type { EventQueue } from './event-queue.ts'
import type { Messages } from './messages.ts'
import type { ResponseUrls } from './response-urls.ts'
import type { Triggers } from './triggers.ts'
import type { Views } from './views.ts'

/** What people's acts in the client need. */
export interface Parts {
  ground: Ground
  messages: Messages
  views: Views
  triggers: Triggers
  replies: ResponseUrls
  deliver: Deliver
  events: EventQueue
}
