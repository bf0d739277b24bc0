import { inspect } from 'node:util'

/** A value that must reach one person and no log: whatever prints it shows `[hidden]`. Only `reveal` tells it. */
export interface Secret {
  reveal(): string
}

export function secretOf(value: string): Secret {
  const hidden = () => '[hidden]'
  return { reveal: () => value, toString: hidden, toJSON: hidden, [inspect.custom]: hidden } as Secret
}
