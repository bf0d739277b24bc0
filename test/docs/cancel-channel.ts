import { action } from '../../src/flows/engine/define.ts'

export const cancelChannel = action('cancel-channel', {
  ref: 'nc-s4',
  owner: 'support',
  by: ['lead'],
  call: 'cancel-channel',
  repeat: 'verify',
})
