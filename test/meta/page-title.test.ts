import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageTitle } from '../../src/meta/page-title.ts'

describe('the title of a page', () => {
  it.each<[string, string, string | undefined]>([
    ['is read', '<title>Bright Lights</title>', 'Bright Lights'],
    ['is read whatever the case and the attributes', '<TITLE lang="en">\n Bright\t Lights \n</TITLE>', 'Bright Lights'],
    ['is the first one', '<title>One</title><title>Two</title>', 'One'],
    ['is missing', '<html><body>title</body></html>', undefined],
    ['is empty', '<title> \n </title>', undefined],
    ['may be cut off', '<title>Bright Li', 'Bright Li'],
    [
      'is plain text',
      '<title>A &amp; B &lt;b&gt; &quot;q&quot; &#39;x&#x27; &euro;</title>',
      'A & B <b> "q" \'x\' &euro;',
    ],
    ['has no tags', '<title>Hi <script>alert(1)</script></title>', 'Hi'],
    [
      'hides nothing and turns nothing round',
      '<title>a\u202eb\u200bc\u0000d\u2028e&#x202e;f&#10;g</title>',
      'a b c d e f g',
    ],
    ['is well formed', '<title>x&#xD800;y&#1114112;</title>', 'x y&#1114112;'],
    ['is not that of another tag', '<titlebar>no</titlebar>', undefined],
    ['keeps its smiles', '<title>Hi 👋</title>', 'Hi 👋'],
  ])('%s', (_, html, title) => {
    expect(pageTitle(html)).toBe(title)
  })

  it('is at most 120 characters long', () => {
    expect([...(pageTitle(`<title>${'👋'.repeat(300)}</title>`) ?? '')]).toHaveLength(120)
  })

  // Reading it again for each of its tags would take minutes.
  it('costs no more than reading the page, however it is made', { timeout: 60_000 }, () => {
    for (const piece of ['<title', '<title ', '<title>', '<title >', '&#x', '<title>&', ' ']) {
      pageTitle(piece.repeat(262_144 / piece.length))
    }
  })

  it('is one visible line, whatever the page says', () => {
    const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (inner) => {
        const title = pageTitle(`<title>${inner}</title>`)
        expect(title ?? '').not.toMatch(unseen)
      }),
    )
  })
})
