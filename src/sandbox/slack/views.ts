import { randomBytes } from 'node:crypto'
import type { Ground } from '../ground.ts'
import { elementsIn, viewWithIds } from './block-ids.ts'
import { checkedView } from './check-blocks.ts'
import { SlackError } from './errors.ts'
import { currentValues } from './form-values.ts'
import type { Json } from './json.ts'
import { isJson, string } from './json.ts'
import { messageLimits } from './limits.ts'
import { bot, team } from './people.ts'
import type { Tables, Values, ViewRow } from './tables.ts'

/** Which view an `views.update` means, and the state of it that the bot knows. */
interface ViewRef {
  view_id?: string | undefined
  external_id?: string | undefined
  hash?: string | undefined
}

/** Open modals and published App Homes. */
export interface Views {
  /** Shows a modal in place of what the person has open. */
  open(user: string, view: unknown): ViewRow
  /** Puts a modal on top. @throws SlackError `push_limit_reached`. */
  push(on: ViewRow, view: unknown): ViewRow
  /** @throws SlackError `not_found` or `hash_conflict`. */
  update(ref: ViewRef, view: unknown): ViewRow
  publish(user: string, view: unknown, hash?: string): ViewRow
  find(id: string): ViewRow | undefined
  /** The person's open modals, the topmost last. */
  modals(user?: string): ViewRow[]
  home(user: string): ViewRow | undefined
  homes(): ViewRow[]
  /** Remembers what a person has entered or chosen. */
  enter(row: ViewRow, values: Values): ViewRow
  close(row: ViewRow): void
  closeAll(user: string): void
}

export function slackViews(ground: Ground, { views: table }: Tables): Views {
  const rows = (kind: ViewRow['kind']) => table.values().filter((row) => row.kind === kind)
  const modals = (user?: string) => rows('modal').filter((row) => user === undefined || row.user === user)
  const save = (row: ViewRow) => {
    table.set(row.id, row)
    ground.changed()
    return row
  }
  const freshHash = () => `${Math.floor(ground.clock.now() / 1000)}.${randomBytes(4).toString('hex')}`
  const make = (user: string, kind: ViewRow['kind'], view: Json, below?: ViewRow) => {
    const id = `V0${randomBytes(5).toString('hex').toUpperCase()}`
    const place = { root: below?.root ?? id, previous: below?.id ?? null }
    return save({ id, user, kind, view: viewWithIds(view), hash: freshHash(), ...place, entered: {} })
  }
  const change = (row: ViewRow, view: Json) => {
    const filled = viewWithIds(view)
    return save({ ...row, view: filled, hash: freshHash(), entered: kept(row.entered, filled) })
  }
  const modal = (view: unknown, besides?: ViewRow) => {
    const checked = checkedView(view, 'modal')
    const external = string(checked.external_id)
    const taken = external && rows('modal').some((row) => row.view.external_id === external && row !== besides)
    if (taken) throw new SlackError('duplicate_external_id')
    return checked
  }
  const closeAll = (user: string) => {
    for (const row of modals(user)) table.delete(row.id)
    ground.changed()
  }
  const home = (user: string) => rows('home').find((row) => row.user === user)
  return {
    open(user, view) {
      const checked = modal(view)
      closeAll(user)
      return make(user, 'modal', checked)
    },
    push(on, view) {
      const checked = modal(view)
      if (modals(on.user).length >= messageLimits.modals) throw new SlackError('push_limit_reached')
      return make(on.user, 'modal', checked, on)
    },
    update({ view_id, external_id, hash }, view) {
      const row = view_id
        ? table.get(view_id)
        : rows('modal').find((one) => external_id && one.view.external_id === external_id)
      if (!row) throw new SlackError('not_found')
      const checked = row.kind === 'home' ? checkedView(view, 'home') : modal(view, row)
      if (hash && hash !== row.hash) throw new SlackError('hash_conflict')
      return change(row, checked)
    },
    publish(user, view, hash) {
      const checked = checkedView(view, 'home')
      const row = home(user)
      if (row && hash && hash !== row.hash) throw new SlackError('hash_conflict')
      return row ? change(row, checked) : make(user, 'home', checked)
    },
    find: (id) => table.get(id),
    modals,
    home,
    homes: () => rows('home'),
    enter: (row, values) => save({ ...row, entered: values }),
    close(row) {
      table.delete(row.id)
      ground.changed()
    },
    closeAll,
  }
}

/** Slack keeps what was entered when block id and action id stay the same. */
function kept(entered: Values, view: Json): Values {
  const values: Values = {}
  for (const { block, element } of elementsIn(view.blocks)) {
    const value = entered[block.block_id]?.[element.action_id]
    if (value?.type === element.type) values[block.block_id] = { ...values[block.block_id], [element.action_id]: value }
  }
  return values
}

/** The view as payloads and answers of the Web API carry it. */
export function viewPayload(row: ViewRow): Json {
  const { view } = row
  const text = (value: unknown) => (isJson(value) ? { emoji: true, ...value } : null)
  return {
    id: row.id,
    team_id: team.id,
    type: row.kind,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values: currentValues(view.blocks, row.entered) },
    hash: row.hash,
    title: text(view.title),
    close: text(view.close),
    submit: text(view.submit),
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: row.previous,
    root_view_id: row.root,
    app_id: bot.app,
    external_id: view.external_id ?? '',
    app_installed_team_id: team.id,
    bot_id: bot.id,
  }
}
