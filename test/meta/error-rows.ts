import { existsSync, readFileSync } from 'node:fs'

export interface ErrorRow {
  /** Section and row: `16#2`. */
  ref: string
  /** What people paste when it happens. */
  texts: string[]
}

/** The rows of all error tables of procedures.md, when the document is there. */
export function errorRows(): ErrorRow[] | undefined {
  const file = new URL('../../../shared/procedures.md', import.meta.url)
  if (!existsSync(file)) return undefined
  const sections = readFileSync(file, 'utf8').split(/^## /m)
  return sections.flatMap((section) => {
    const number = /^(\d+)\. /.exec(section)?.[1]
    const table = number === '16' ? section : section.split('### Errors people paste')[1]
    if (number === undefined || table === undefined) return []
    const lines = table.split('\n').filter((line) => line.startsWith('| '))
    const cells = lines.slice(1).map((line) => line.slice(2).split(' | ')[0] ?? '')
    return cells.map((cell, at) => ({ ref: `${number}#${at + 1}`, texts: textsOf(cell) }))
  })
}

/** Codes stand in backticks: each by itself is pasted. A general code in front of a subcode is not. */
function textsOf(cell: string): string[] {
  const codes = [...cell.matchAll(/`(\d+)`(?!\/)/g)].map(([, code = '']) => code)
  if (codes.length === 0) return [cell.replaceAll('`', '')]
  const general = cell.startsWith('`100`/') || cell.includes('`100`/33')
  return codes.filter((code) => !(general && code === '100')).map((code) => `(#${code})`)
}
