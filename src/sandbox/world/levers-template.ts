import { z } from 'zod'
import { type LeverKit, type Levers, lever } from './lever.ts'
import { templateCategory, templateQuality, templateStatus, templatesOfAccount } from './template-life.ts'

/** What Meta decides about templates. */
export function templateLevers({ ground, world, waba }: LeverKit): Levers {
  const template = z.strictObject({
    waba,
    name: z.string(),
    language: z.string().optional(),
    status: z.string().optional(),
    reason: z.string().default('NONE'),
    quality: z.string().optional(),
    category: z.string().optional(),
  })
  return {
    template: lever(template, ({ waba, name, language, status, reason, quality, category }) => {
      const row = templatesOfAccount(world, waba).find(
        (one) => one.name === name && (language === undefined || one.language === language),
      )
      if (!row) return `There is no template ${name}.`
      const current = () => world.templates.get(row.id) ?? row
      if (status) templateStatus(ground, world, current(), status, reason)
      if (quality) templateQuality(ground, world, current(), quality)
      if (category) templateCategory(ground, world, current(), category)
      return `The template ${name} is ${[status, quality, category].filter(Boolean).join(', ') || 'as it was'}.`
    }),
  }
}
