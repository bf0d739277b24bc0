/**
 * Lets a message glow for a moment when it is new or its `version` has changed. What was there when its list was first
 * drawn does not glow. For `h()`'s `after`.
 */
export function glowWhenChanged(element, fresh, version) {
  const changed = fresh ? element.closest('[role=log]')?.portdeskDrawn : element.portdeskVersion !== version
  element.portdeskVersion = version
  if (changed) glow(element)
}

function glow(element) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  element.animate([{ backgroundColor: 'var(--glow)' }, { backgroundColor: 'transparent' }], { duration: 1600 })
}

/** Keeps a list at its end unless the person scrolled up. For `h()`'s `after`. */
export function stickToEnd(element, fresh) {
  if (fresh) {
    const size = () => `${element.clientWidth}x${element.clientHeight}`
    let known = size()
    element.addEventListener('scroll', () => {
      // A list that has just changed its size was not scrolled by anybody.
      if (size() !== known) return
      element.portdeskUp = element.scrollTop + element.clientHeight < element.scrollHeight - 60
    })
    new ResizeObserver(() => {
      known = size()
      if (!element.portdeskUp) element.scrollTop = element.scrollHeight
    }).observe(element)
  }
  if (!element.portdeskUp) element.scrollTop = element.scrollHeight
}
