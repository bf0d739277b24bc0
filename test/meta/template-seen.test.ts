import { expect, test } from 'vitest'
import type { Template } from '../../src/meta/template.ts'
import { templateNamed, templateSeen } from '../../src/meta/template-seen.ts'

test.each([
  ['order_update, de', { name: 'order_update', language: 'de' }],
  ['Order_Update (pt-BR)', { name: 'order_update', language: 'pt_br' }],
  ['order_update in German', { name: 'order_update', language: 'in' }],
  ['  order_update ', { name: 'order_update' }],
  ['¿?', undefined],
])('"%s" names a template', (text, named) => {
  expect(templateNamed(text)).toEqual(named)
})

const row = (id: string, language: string, changedAt: string, more: Partial<Template> = {}): Template => ({
  id,
  name: 'order_update',
  language,
  changedAt,
  status: 'approved',
  ...more,
})
const rows = [
  row('1', 'de', '2026-03-01T10:00:00Z', { rejectedReason: 'NONE' }),
  row('2', 'pt_BR', '2026-03-02T10:00:00Z', { status: 'rejected', rejectedReason: 'SCAM' }),
  row('3', 'de', '2026-03-03T10:00:00Z', { name: 'order_updated' }),
]

test('the template that was named is found by name and language, else the one that changed last', () => {
  const find = (text: string) => templateSeen(rows, templateNamed(text) ?? { name: '' })
  expect(find('order_update, de')).toEqual({
    name: 'order_update',
    language: 'de',
    status: 'APPROVED',
    changedAt: '2026-03-01T10:00:00Z',
  })
  expect(find('order_update, pt')).toMatchObject({ language: 'pt_BR', status: 'REJECTED', reason: 'SCAM' })
  expect(find('ORDER_UPDATE')).toMatchObject({ language: 'pt_BR' })
  expect(find('order_update, es')).toBeUndefined()
})
