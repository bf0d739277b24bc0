import { graph } from './diagnoses/graph.ts'
import { hub } from './diagnoses/hub.ts'
import { money } from './diagnoses/money.ts'
import { moving } from './diagnoses/moving.ts'
import { registering } from './diagnoses/registering.ts'
import { switching } from './diagnoses/switching.ts'
import { templates } from './diagnoses/templates.ts'
import type { Diagnosis } from './diagnosis.ts'

const all = { ...moving, ...switching, ...registering, ...templates, ...money, ...hub, ...graph }

export type DiagnosisId = keyof typeof all

/** Every known error by its id (procedures.md 16 and the error tables of sections 1 to 14). */
export const diagnoses: Readonly<Record<DiagnosisId, Diagnosis>> = all
