import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openTexts, type Texts, type TextsOf } from '../bot/texts.ts'
import type { DeskConfig } from '../config.ts'
import { parsePhone } from '../meta/phone.ts'
import { parseExactly } from '../notify/exact-json.ts'
import type { Notice, Reading } from '../notify/notice.ts'
import { read } from '../notify/read.ts'
import { routesReport } from '../notify/routes-report.ts'
import { routingOf } from '../notify/routing.ts'
import { sayLine } from '../notify/say.ts'
import { toldIn } from '../notify/told-in.ts'

const usage = 'portdesk routes test <event.json> [--partner <id>] [--destination <id>] [--client <name>]'

/** What a person knows of an event beside what it says itself. */
interface Known {
  partner?: string | undefined
  destination?: string | undefined
  client?: string | undefined
}

/** `portdesk routes test`: where an event would go and why. Asks neither the database nor a platform. */
export function routesTest(
  args: string[],
  desk: DeskConfig,
  textsOf: TextsOf = openTexts(new URL('../../locales/', import.meta.url)),
): string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string' }, destination: { type: 'string' }, client: { type: 'string' } },
  })
  const [file] = positionals
  if (file === undefined) throw new Error(usage)
  for (const id of [values.partner, values.destination]) {
    if (id !== undefined && !desk.partners.some((partner) => partner.id === id)) {
      throw new Error(`There is no partner ${id}; there are ${desk.partners.map((partner) => partner.id).join(', ')}`)
    }
  }
  const texts = textsOf(desk.slack.language, desk.slack.timeZone)
  return routesOf(payloadIn(file), desk, texts, values)
}

function payloadIn(file: string): unknown {
  try {
    // Some editors write a byte order mark, which is no JSON.
    return parseExactly(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

/** Where each change in a payload would go and why, in plain lines. @throws Error when it is no payload of a platform */
function routesOf(payload: unknown, desk: DeskConfig, texts: Texts, known: Known): string {
  const changes = toldIn(payload)
  if (!changes) throw new Error('That is no webhook of Meta or 360dialog, nor one change of it')
  const routing = routingOf(desk, [])
  const say = (notice: Notice, template?: string) =>
    sayLine({ ...notice, ...(template !== undefined && { template }) }, texts)
  const reports = changes.flatMap((told) => {
    const name = told.source === 'meta' ? told.field : told.event
    const notices = read(told).map((reading) => noticeOf(reading, known))
    if (notices.length === 0) return [`${name}: nothing worth saying`]
    return notices.map((notice) => routesReport(notice, routing, say))
  })
  return reports.length ? reports.join('\n\n') : 'Nothing in it is kept: it is about messages of customers'
}

function noticeOf(reading: Reading, { partner, destination, client }: Known): Notice {
  const phone = reading.subject.type === 'phone' ? parsePhone(`+${reading.subject.id}`) : undefined
  const country = phone?.ok ? phone.country : undefined
  return {
    ...reading,
    id: 'test',
    at: reading.at ?? 0,
    ...(partner !== undefined && { partner }),
    ...(destination !== undefined && { destination }),
    ...(client !== undefined && { clientName: client }),
    ...(country !== undefined && { country }),
  }
}
