/**
 * A small keyed renderer. `h()` describes what should be there, `render()` changes only what differs, so that focus,
 * scroll positions and half-typed text survive each redraw. Text always becomes a text node, never markup.
 */

/**
 * Describes one element. Props: `on…` are listeners, `first` is an object of properties set only when the element is
 * made (a field's first value), `key` tells siblings apart, `after` is called after each draw; anything else is an
 * attribute (false, null and undefined leave it out).
 */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: children.flat(Infinity).filter((child) => child || child === 0) }
}

/** Makes the children of `parent` look like `nodes`. Elements that stay are never moved unless their order changed. */
export function render(parent, nodes) {
  const old = new Map()
  let unnamed = 0
  for (const child of parent.childNodes) old.set(child.portdeskKey ?? `#${unnamed++}`, child)
  unnamed = 0
  const wanted = []
  for (const node of [nodes].flat(Infinity).filter((one) => one || one === 0)) {
    const key = node.props?.key ?? `#${unnamed++}`
    const known = old.get(key)
    const element = sameKind(known, node) ? known : make(node)
    if (element === known) old.delete(key)
    wanted.push([element, node])
  }
  for (const left of old.values()) left.remove()
  let place = parent.firstChild
  for (const [element, node] of wanted) {
    if (element === place) place = place.nextSibling
    else parent.insertBefore(element, place)
    update(element, node)
  }
}

function sameKind(element, node) {
  if (!element) return false
  return node.tag ? element.localName === node.tag : element.nodeType === Node.TEXT_NODE
}

function make(node) {
  if (!node.tag) return document.createTextNode('')
  const element = document.createElement(node.tag)
  element.portdeskProps = {}
  element.portdeskKey = node.props.key
  return element
}

function update(element, node) {
  if (!node.tag) {
    if (element.data !== String(node)) element.data = String(node)
    return
  }
  const before = element.portdeskProps ?? {}
  const fresh = !element.portdeskDrawn
  for (const name of new Set([...Object.keys(before), ...Object.keys(node.props)])) {
    if (before[name] !== node.props[name]) setProp(element, name, node.props[name])
  }
  element.portdeskProps = node.props
  render(element, node.children)
  if (fresh) Object.assign(element, node.props.first)
  element.portdeskDrawn = true
  node.props.after?.(element, fresh)
}

function setProp(element, name, value) {
  if (name === 'key' || name === 'first' || name === 'after') return
  if (name.startsWith('on')) element[name] = value ?? null
  else if (value === undefined || value === null || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}
