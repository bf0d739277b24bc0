/** The same object, which tells which of its properties are read. */
export function watch<T extends object>(target: T, read: (key: string) => void): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'string') read(key)
      return Reflect.get(object, key, receiver)
    },
  })
}

/** The same for an object of objects: tells the properties of these; one that is not there, as `undefined` of none. */
export function watchInside<T extends object>(target: T, read: (key: string | undefined, value: unknown) => void): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      const inner: unknown = Reflect.get(object, key, receiver)
      if (typeof inner !== 'object' || inner === null) read(undefined, inner)
      else return watch(inner, (name) => read(name, Reflect.get(inner, name)))
      return inner
    },
  })
}
