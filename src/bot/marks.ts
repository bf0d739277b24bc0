import type { Item } from './card.ts'

/** The marks of a checklist, the same on every surface. */
export const itemMarks: Record<Item['mark'], string> = {
  done: '✅',
  open: '⬜',
  waiting: '⏳',
  failed: '❌',
  warning: '⚠️',
  checking: '🔄',
  skipped: '⏭️',
  hidden: '➖',
  info: '🔹',
}
