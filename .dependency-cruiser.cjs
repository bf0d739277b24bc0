/** Who may import whom (docs: DESIGN 2). Tests and the composition root see everything. */
const part = (name) => `^src/${name}/`
const never = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    never(
      'flows-are-pure',
      part('flows'),
      '^src/(?!flows/|meta/facts\\.ts)',
      'flows: the engine and the types of the platforms only',
    ),
    {
      name: 'flows-take-only-types-of-meta',
      severity: 'error',
      from: { path: part('flows') },
      to: { path: part('meta'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'flows-need-no-packages',
      severity: 'error',
      from: { path: part('flows') },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(zod|temporal-polyfill)/' },
    },
    never('store-stands-alone', part('store'), '^src/(?!store/)'),
    never('meta-stands-alone', part('meta'), '^src/(?!meta/)'),
    never('cases-know-no-surface', part('cases'), '^src/(bot|notify|assistant|sandbox|commands|main|cli)'),
    never('bot-reaches-platforms-through-cases', part('bot'), '^src/(meta|assistant|sandbox|commands|main|cli)'),
    never(
      'bot-knows-notices-by-their-contracts',
      part('bot'),
      '^src/notify/(?!(notice|notices|group|group-state|say|families|target|carried|routes)\\.ts)',
    ),
    never('notify-knows-no-surface', part('notify'), '^src/(bot|assistant|sandbox|commands|main|cli)'),
    never('surfaces-do-not-know-each-other', '^src/bot/slack/', '^src/bot/telegram/'),
    never('surfaces-do-not-know-each-other-2', '^src/bot/telegram/', '^src/bot/slack/'),
    never('the-outside-world-stands-alone', part('sandbox'), '^src/(?!sandbox/)'),
    {
      name: 'only-start-knows-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sandbox/|commands/start\\.ts)' },
      to: { path: part('sandbox') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
}
