import { accountEdges } from './account-edges.ts'
import { addNumber } from './add-number.ts'
import { businessEdges } from './business-edges.ts'
import { requestCode, verifyCode } from './code.ts'
import { allocationEdges, creditEdges } from './credit-edges.ts'
import { edge } from './edge.ts'
import { account, allocation, app, business, credit, type NodeKind, phoneNumber, solution } from './fields.ts'
import { intentEdges } from './intent-edges.ts'
import { numbersOf } from './nodes.ts'
import { changeNumber, sendMessage } from './number-settings.ts'
import { deregister, register } from './register.ts'
import type { Handlers } from './scene.ts'
import { appEdges, solutionEdges, solutionsOfAccount } from './solution-edges.ts'
import { templateEdges } from './template-edges.ts'

const numberEdges: Handlers = {
  POST: changeNumber,
  'POST request_code': requestCode,
  'POST verify_code': verifyCode,
  'POST register': register,
  'POST deregister': deregister,
  'POST messages': sendMessage,
}

const wabaEdges: Handlers = {
  ...accountEdges,
  ...templateEdges,
  ...intentEdges,
  'GET phone_numbers': ({ c, world, id }) => edge(c, numbersOf(world, id)),
  'POST phone_numbers': addNumber,
  'GET solutions': solutionsOfAccount,
}

const byKind = new Map<NodeKind, Handlers>([
  [phoneNumber, numberEdges],
  [account, wabaEdges],
  [business, businessEdges],
  [solution, solutionEdges],
  [credit, creditEdges],
  [allocation, allocationEdges],
  [app, appEdges],
])

/** What can be done with a node of that kind, beside reading its fields. */
export const handlersOf = (kind: NodeKind): Handlers => byKind.get(kind) ?? {}
