import { z } from 'zod'
import type { Answer, Question, View } from './types.ts'

/**
 * Reads what a person typed or chose as an answer (procedures.md 0.4). `problem` is a text key: `empty`, `not-a-number`,
 * `too-short`, `too-long`, `not-a-phone`, `not-a-date`, `not-an-id`, `not-an-email`, `not-a-url`, `not-an-option`,
 * `not-yes-or-no`.
 */
export function readAnswer(
  question: Question,
  raw: unknown,
  view: View,
): { ok: true; answer: Answer } | { ok: false; problem: string } {
  const result = schemaOf(question, view).safeParse(typeof raw === 'string' ? raw.trim() : raw)
  if (result.success) return { ok: true, answer: result.data }
  return { ok: false, problem: result.error.issues[0]?.message ?? 'empty' }
}

/** The options of a choice, as they are offered now. */
export function optionsOf(question: Question, view: View): readonly string[] {
  if (question.kind !== 'choice' && question.kind !== 'choices') return []
  return typeof question.options === 'function' ? question.options(view) : question.options
}

function schemaOf(question: Question, view: View): z.ZodType<Answer> {
  switch (question.kind) {
    case 'phone':
      return filled
        .transform((text) => text.replace(/[\s().\-/+\p{Cf}]/gu, '').replace(/^00/, ''))
        .pipe(z.string().regex(/^\d{7,15}$/, 'not-a-phone'))
    case 'yes-no':
      return z.preprocess(yesNo, z.boolean('not-yes-or-no'))
    case 'confirm':
      return z.preprocess(yesNo, z.literal(true, 'not-yes-or-no'))
    case 'choice':
      return z.enum(optionsOf(question, view), 'not-an-option')
    case 'choices':
      return z.array(z.enum(optionsOf(question, view), 'not-an-option'), 'not-an-option').min(1, 'empty')
    case 'date':
      return filled.pipe(z.iso.date('not-a-date'))
    case 'meta-id':
      return filled.pipe(z.string().regex(/^\d{5,25}$/, 'not-an-id'))
    case 'hub-id':
      return filled.pipe(z.string().regex(/^[0-9A-Za-z]{4,32}$/, 'not-an-id'))
    case 'email':
      return filled.pipe(z.email('not-an-email').max(254, 'too-long'))
    case 'url':
      return filled.pipe(z.url({ protocol: /^https$/, error: 'not-a-url' }).max(2000, 'too-long'))
    case 'text':
      return filled.pipe(
        z
          .string()
          .min(question.min ?? 1, 'too-short')
          .max(question.max ?? 500, 'too-long'),
      )
    case 'number':
      return z.preprocess(
        (raw) => (typeof raw === 'string' && raw ? Number(raw.replace(',', '.')) : raw),
        z
          .number('not-a-number')
          .min(question.min ?? Number.MIN_SAFE_INTEGER, 'too-short')
          .max(question.max ?? Number.MAX_SAFE_INTEGER, 'too-long'),
      )
  }
}

const filled = z.string('empty').min(1, 'empty')

function yesNo(raw: unknown): unknown {
  if (raw === 'yes' || raw === 'true') return true
  return raw === 'no' || raw === 'false' ? false : raw
}
