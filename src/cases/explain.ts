export { type Diagnosed, diagnose, diagnoseProblem } from '../meta/diagnose.ts'
export type { Problem } from '../meta/facts.ts'
