import { z } from 'zod'
import { hubId, metaId } from '../world/ids.ts'
import { refusals } from '../world/refusals.ts'
import { copyTemplates, mostTemplates } from '../world/template-copies.ts'
import { templateStatus, templatesOfAccount } from '../world/template-life.ts'
import { makeTemplate, nameIsGoing, newTemplate, takenBy } from '../world/template-making.ts'
import { answer, badParameter, problem, success } from './answers.ts'
import { edge } from './edge.ts'
import { read } from './given.ts'
import { templatesOf } from './nodes.ts'
import type { Handlers } from './scene.ts'

const filters = ['status', 'category', 'language', 'name'] as const

const removal = z.object({ name: z.string().min(1), hsm_id: z.coerce.string().optional() })

const number = (most: number) => z.coerce.number().int().min(0).max(most)
const copying = z.object({
  source_waba_id: z.coerce.string().min(1),
  page_number: number(1000).default(0),
  count: number(500).default(500),
  template_ids: z.array(z.coerce.string()).max(500).optional(),
})

/** Templates of a WABA: list, create, delete, copy (meta.md 3.11). */
export const templateEdges: Handlers = {
  'GET message_templates'({ c, world, id }) {
    const wanted = filters.flatMap((key) => {
      const value = c.req.query(key)
      return value ? [[key, value] as const] : []
    })
    const score = c.req.query('quality_score')
    const nodes = templatesOf(world, id).filter(({ row }) => wanted.every(([key, value]) => row[key] === value))
    return edge(c, score ? nodes.filter(({ row }) => scoreOf(row.quality_score) === score) : nodes)
  },
  async 'POST message_templates'({ c, ground, world, id }) {
    const given = await read(c, newTemplate)
    if ('wrong' in given) return given.wrong
    const there = templatesOfAccount(world, id)
    if (there.length >= mostTemplates) return problem(c, refusals.templatesFull)
    if (nameIsGoing(ground, world, id, given.value)) return problem(c, refusals.templateGoing)
    if (takenBy(there, given.value)) return problem(c, refusals.templateThere)
    const ids = { id: hubId('WT', 22), external_id: metaId() }
    const row = makeTemplate(ground, world, id, given.value, ids)
    return answer(c, { id: row.external_id, status: 'PENDING', category: row.category })
  },
  async 'DELETE message_templates'({ c, ground, world, id }) {
    const given = await read(c, removal)
    if ('wrong' in given) return given.wrong
    const { name, hsm_id } = given.value
    const gone = templatesOfAccount(world, id).filter(
      (row) => row.name === name && (!hsm_id || row.external_id === hsm_id),
    )
    if (gone.length === 0) return badParameter(c, `No template ${name} was found`)
    for (const row of gone) {
      templateStatus(ground, world, row, 'DELETED')
      world.templates.delete(row.id)
      world.gone.set(`${id}/${row.name}/${row.language}`, ground.clock.now())
    }
    return success(c)
  },
  async 'POST migrate_message_templates'({ c, ground, world, id }) {
    const given = await read(c, copying)
    if ('wrong' in given) return given.wrong
    const { source_waba_id: from, page_number, count, template_ids } = given.value
    const [source, destination] = [world.accounts.get(from), world.accounts.get(id)]
    if (!source || source.business_id !== destination?.business_id) {
      return badParameter(c, 'Param source_waba_id must be a WABA of the same business')
    }
    const all = templatesOfAccount(world, from).map(({ external_id }) => external_id)
    const page = template_ids ?? all.slice(page_number * count, (page_number + 1) * count)
    const what = { from, to: id, wanted: ['GREEN', 'UNKNOWN'], only: page, explain: template_ids !== undefined }
    const { copied, failed } = copyTemplates(ground, world, what)
    ground.changed()
    return answer(c, { migrated_templates: copied, failed_templates: failed })
  },
}

const scoreOf = (quality: unknown) =>
  typeof quality === 'object' && quality !== null && 'score' in quality ? quality.score : undefined
