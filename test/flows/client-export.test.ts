import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ExportedNumber, exportCsv } from '../../src/flows/client-export.ts'

/** A reader of RFC 4180, written without a look at the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  while (at < csv.length) {
    expect(csv[at], 'a field begins with a quote').toBe('"')
    let value = ''
    at += 1
    while (csv[at] !== '"' || csv[at + 1] === '"') {
      if (at >= csv.length) throw new Error('a quote is never closed')
      value += csv[at]
      at += csv[at] === '"' ? 2 : 1
    }
    rows.at(-1)?.push(value)
    at += 1
    if (csv[at] === ',') at += 1
    else {
      expect(csv.slice(at, at + 2), 'a line ends with CRLF').toBe('\r\n')
      at += 2
      rows.push([])
    }
  }
  expect(rows.pop(), 'the last line has its end').toEqual([])
  return rows
}

const header = [
  'Company legal name',
  'WhatsApp number',
  'Contact email',
  'Account activation status: Message on behalf',
  'Account activation status: Meta business verification',
  'Account activation status: Number registration',
]

const bluebird: ExportedNumber = {
  channel: { id: 'b1CH', clientId: 'b1CL', phone: '493023125201', status: 'ready' },
  client: { id: 'b1CL', name: 'Bluebird', organisation: 'Bluebird "Orders", Inc.', email: 'ops@bluebird.example' },
  waba: { id: 'kWA', fbAccountStatus: 'verified', onBehalfOf: { status: 'approved' } },
  integrationState: 'running',
}

test('one row a number, in the columns of the Hub', () => {
  expect(parse(exportCsv([bluebird]))).toEqual([
    header,
    [
      'Bluebird "Orders", Inc.',
      '493023125201',
      'ops@bluebird.example',
      'approved',
      'verified',
      'registered (ready, running)',
    ],
  ])
  expect(exportCsv([])).toBe(`${header.map((title) => `"${title}"`).join(',')}\r\n`)
})

test('what nobody knows stays empty, and a new status stays as it came', () => {
  const fresh: ExportedNumber = {
    channel: { id: 'x', clientId: 'y', phone: '', status: 'toString' },
    clientName: 'Acme',
  }
  expect(parse(exportCsv([fresh]))[1]).toEqual(['Acme', '', '', '', '', 'toString'])
  expect(parse(exportCsv([{ ...fresh, client: { id: 'y', name: 'Acme Ltd' } }]))[1]?.[0]).toBe('Acme Ltd')
})

test.each(['=1+1', '+49', '-2', '@SUM(A1)', ' =1', '\t=1', '\r=1', '＝1', '=cmd|"/c calc"!A1'])(
  'a spreadsheet does not take %j for a formula',
  (name) => {
    const csv = exportCsv([{ ...bluebird, client: { id: 'c', organisation: name } }])
    expect(parse(csv)[1]?.[0]).toBe(`'${name}`)
  },
)

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@,"\r\n\t;a' ]{0,12}$/))

test('whatever clients are called, the file reads back the same, and no cell is a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: text, phone: text, email: text, state: text }), { maxLength: 8 }), (all) => {
      const rows = all.map(({ name, phone, email, state }) => ({
        channel: { id: 'x', clientId: 'y', phone },
        client: { id: 'y', organisation: name, email },
        waba: { id: 'w', fbAccountStatus: state },
      }))
      const [first, ...read] = parse(exportCsv(rows))
      expect(first).toEqual(header)
      const bare = read.map((cells) => cells.map((cell) => cell.replace(/^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/, '')))
      const bareIn = (value: string) => value.replace(/^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/, '')
      expect(bare).toEqual(
        all.map(({ name, phone, email, state }) => [...[name, phone, email].map(bareIn), '', bareIn(state), '']),
      )
      for (const cell of read.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/)
    }),
  )
})
