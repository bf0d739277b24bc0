/** Block Kit limits that Portdesk keeps to, named as Slack publishes them. Lengths count Unicode code points. */
export const blockLimits = {
  text: { max_length: 3000 },
  action_id: { max_length: 255 },
  block_id: { max_length: 255 },
  button: { text: { max_length: 75 }, url: { max_length: 3000 }, value: { max_length: 2000 } },
  confirmation: {
    title: { max_length: 100 },
    text: { max_length: 300 },
    confirm: { max_length: 30 },
    deny: { max_length: 30 },
  },
  option: { text: { max_length: 75 }, value: { max_length: 150 } },
  select: { placeholder: { max_length: 150 }, options: { max_items: 100 } },
  checkboxes: { options: { max_items: 10 } },
  plain_text_input: { max_length: { max: 3000 } },
  actions: { elements: { max_items: 25 } },
  input: { label: { max_length: 2000 }, hint: { max_length: 2000 } },
  section: { text: { max_length: 3000 }, fields: { max_items: 10, item_max_length: 2000 } },
  view: {
    blocks: { max_items: 100 },
    private_metadata: { max_length: 3000 },
    title: { max_length: 24 },
    close: { max_length: 24 },
    submit: { max_length: 24 },
  },
} as const

/** Limits that the Block Kit list leaves out. */
export const messageLimits = {
  blocks: 50,
  /** A longer text cannot be edited later. */
  text: 3900,
} as const
