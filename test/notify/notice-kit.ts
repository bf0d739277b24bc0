import type { Group, Line } from '../../src/notify/group.ts'
import type { Notice } from '../../src/notify/notice.ts'
import type { NoticeRow } from '../../src/notify/notices.ts'
import type { Telling } from '../../src/notify/target.ts'
import type { Database } from '../../src/store/db.ts'
import { start } from '../flows/kit.ts'

/** A number that is in trouble. */
export const aLine = (over: Partial<Line> = {}): Line => ({
  kind: 'number-flagged',
  severity: 'warning',
  mood: 'problem',
  subject: { type: 'phone', id: '4930123456' },
  topic: 'quality',
  params: { phone: '+4930123456', limit: 'TIER_1K' },
  template: 'Quality problem on {{phone}}',
  at: start,
  count: 1,
  notice: '1.0',
  ...over,
})

export function aGroup(lines: readonly Line[] = [aLine()], over: Partial<Group> = {}): Group {
  const named = lines.map((line) => [`${line.subject.type}:${line.subject.id} ${line.topic}`, line] as const)
  const count = lines.reduce((sum, line) => sum + line.count, 0)
  return { lines: Object.fromEntries(named), dropped: 0, count, first: start, last: start, ...over }
}

export const telling: Telling = { wait: 0, interval: 60_000, repeats: 3 }

export const aNotice = (over: Partial<Notice> = {}): Notice => ({
  id: '1.0',
  source: 'meta',
  kind: 'number-flagged',
  severity: 'warning',
  subject: { type: 'phone', id: '4930123456' },
  audience: ['partner', 'desk'],
  topic: 'quality',
  mood: 'problem',
  params: {},
  about: { phones: ['4930123456'], channels: [], wabas: [] },
  at: start,
  partner: 'brightline',
  waba: '7001',
  ...over,
})

/** Puts a message that was posted already into the database; answers its id. */
export async function putNotice(db: Database, row: Partial<NoticeRow> = {}): Promise<number> {
  const { to = { surface: 'slack', room: 'C0ALERTS' }, side = 'desk', partner, group = aGroup(), closed = false } = row
  const at = new Date(start)
  const [made] = await db.run(
    `insert into notices (surface, room, topic, side, partner, group_key, state, telling, severity, seq, opened_at, closed_at,
       message_id, wanted, shown, due_at)
     values ($1, $2, 0, $3, $4, $5, $6::jsonb, $7::jsonb, 'warning', 1, $8, $9, 'm1', 1, 1, $8) returning id`,
    [
      to.surface,
      to.room,
      side,
      partner ?? null,
      `group ${Math.random()}`,
      JSON.stringify(group),
      JSON.stringify(telling),
      at,
      closed ? at : null,
    ],
  )
  return Number(made?.id)
}
