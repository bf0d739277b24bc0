/** A case as people say it: `PD-142`. */
export const caseLabel = (id: number): string => `PD-${id}`

/** Reads `PD-142`, `pd 142`, `#142` or `142`; `undefined` when it is no case. */
export function readCaseLabel(text: string): number | undefined {
  const digits = /^\s*(?:pd[\s-]*|#)?(\d{1,9})\s*$/i.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
