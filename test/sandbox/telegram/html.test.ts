import { expect, test } from 'vitest'
import { detectEntities } from '../../../src/sandbox/telegram/entities.ts'
import { parseHtml } from '../../../src/sandbox/telegram/html.ts'
import { renderHtml } from '../../../src/sandbox/telegram/render.ts'

test.each([
  ['a <b>bold</b> word', 'a bold word', [{ type: 'bold', offset: 2, length: 4 }]],
  [
    '<b>one <i>two</i></b>',
    'one two',
    [
      { type: 'bold', offset: 0, length: 7 },
      { type: 'italic', offset: 4, length: 3 },
    ],
  ],
  [
    '<a href="https://x.example/?a=1&amp;b=2">go</a>',
    'go',
    [{ type: 'text_link', offset: 0, length: 2, url: 'https://x.example/?a=1&b=2' }],
  ],
  ['<a href="javascript:alert(1)">go</a>', 'go', []],
  ['<span class="tg-spoiler">x</span>', 'x', [{ type: 'spoiler', offset: 0, length: 1 }]],
  ['<blockquote expandable>x</blockquote>', 'x', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
  ['🏟<del>é</del>', '🏟é', [{ type: 'strikethrough', offset: 2, length: 1 }]],
  ['&lt;b&gt; &amp; &quot;x&quot; &#33;&#x21; &nbsp; &constructor;', '<b> & "x" !! &nbsp; &constructor;', []],
  ['<b></b>empty', 'empty', []],
])('reads %s', (html, text, entities) => {
  expect(parseHtml(html)).toEqual({ text, entities })
})

// The offsets count bytes: "🏟 🏟&lt;" has 13 of them.
test.each([
  ['🏟 🏟&lt;<abac>', 'Unsupported start tag "abac" at byte offset 13'],
  ['🏟 🏟&lt;<abac', 'Unclosed start tag at byte offset 13'],
  ['🏟 🏟&lt;<i   =aba>', 'Empty attribute name in the tag "i" at byte offset 13'],
  ['🏟 🏟&lt;<i    aba>', `Can't find end tag corresponding to start tag "i"`],
  ['🏟 🏟&lt;<i    aba  =  ', 'Unclosed start tag "i" at byte offset 13'],
  ['🏟 🏟&lt;<i    aba  =  190azAz-.,', 'Unexpected end of name token at byte offset 27'],
  ['🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', 'Unclosed start tag at byte offset 13'],
  ['🏟 🏟&lt;</', 'Unexpected end tag at byte offset 13'],
  ['🏟 🏟&lt;<b></b></', 'Unexpected end tag at byte offset 20'],
  ['🏟 🏟&lt;<i>a</i   ', 'Unclosed end tag at byte offset 17'],
  ['🏟 🏟&lt;<i>a</em   >', 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ['cost < 5', 'Unsupported start tag "" at byte offset 5'],
  ['<constructor>x</constructor>', 'Unsupported start tag "constructor" at byte offset 0'],
])('refuses %s', (html, problem) => {
  expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${problem}`)
})

test('marks commands, mentions and addresses, but not inside code', () => {
  const found = (text: string, marked = parseHtml('').entities) =>
    detectEntities(text, marked).map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])
  expect(found('/status@portdesk_bot +49 and/or @ana_b, see https://x.example/a.')).toEqual([
    ['bot_command', '/status@portdesk_bot'],
    ['mention', '@ana_b'],
    ['url', 'https://x.example/a'],
  ])
  expect(found('run /start now', [{ type: 'code', offset: 0, length: 14 }])).toEqual([['code', 'run /start now']])
  expect(found('mail a.b@x.example')).toEqual([['email', 'a.b@x.example']])
})

test('shows entities as HTML that is safe on a page', () => {
  const shown = (html: string) => {
    const { text, entities } = parseHtml(html)
    return renderHtml(text, entities)
  }
  expect(shown('<b>a &lt;script&gt; <i>b</i></b> & c')).toBe('<b>a &lt;script&gt; <i>b</i></b> &amp; c')
  expect(shown('<a href="https://x.example/&quot;onclick=1">x</a>')).toBe(
    '<a href="https://x.example/&quot;onclick=1">x</a>',
  )
  expect(shown('<a href="mailto:a@x.example">x</a>')).toBe('x')
  const crossing = [
    { type: 'bold', offset: 0, length: 4 },
    { type: 'italic', offset: 2, length: 4 },
  ]
  expect(renderHtml('abcdef', crossing)).toBe('<b>ab<i>cd</i></b><i>ef</i>')
})
