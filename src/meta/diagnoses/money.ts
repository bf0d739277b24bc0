import type { Diagnosis } from '../diagnosis.ts'

/** Refunds and the end of a subscription (procedures.md 7, 8). */
export const money = {
  'add-funds-shown': {
    ref: ['16#15', '8#2'],
    who: ['client'],
    flow: 'refund',
    says: ['Add funds instead of Refund', 'Add funds shown instead'],
    alone: ['add funds'],
  },
  'no-refund-button': {
    ref: ['8#1'],
    who: ['client'],
    flow: 'refund',
    says: ['no Refund button', 'Refund button missing', 'Refund button is not there', 'cannot see the Refund button'],
  },
  'refund-late': {
    ref: ['16#20'],
    who: ['support'],
    flow: 'refund',
    says: [
      'refund not there after 72 h',
      'refund has not arrived',
      'refund did not arrive',
      'still waiting for the refund',
    ],
  },
  'refund-too-small': {
    ref: ['8#3'],
    who: ['bot', 'support'],
    flow: 'refund',
    says: [
      'refund too small',
      'refund is smaller than expected',
      'refund is less than expected',
      'fee was not refunded',
    ],
  },
  'wrong-client-refunded': {
    ref: ['8#4'],
    who: ['support'],
    flow: 'refund',
    says: ['wrong client refunded', 'refunded the wrong client', 'refunded the wrong number'],
  },
  'pending-deletion': {
    ref: ['16#16', '7#2'],
    who: ['client'],
    flow: 'cancellation',
    says: ['pending deletion'],
  },
  'partner-cannot-cancel': {
    ref: ['7#3'],
    who: ['client'],
    flow: 'cancellation',
    says: [
      'can you cancel it for us',
      'please cancel it for us',
      'cancel the subscription for the client',
      'cancel the number for our client',
    ],
    alone: ['can you cancel it for us', 'can you cancel it for us partner'],
  },
  'charged-after-port-out': {
    ref: ['7#4'],
    who: ['client'],
    flow: 'cancellation',
    says: [
      'charged after port-out',
      'still charged after porting',
      'charged although the number was ported',
      'invoice after the number was ported out',
    ],
  },
} as const satisfies Record<string, Diagnosis>
