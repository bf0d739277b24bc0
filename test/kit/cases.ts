import type { Stage } from './stage.ts'

/** The number of the port-out story: on behalf of the client, two-step on, at Brightline. */
export const releaseNumber = '+49 30 23125301'

/** Paula opens a port-out of that number in Telegram and answers everything; support has to release it. */
export async function openReleaseCase({ paula, ana }: Stage): Promise<void> {
  await paula.says('/new')
  await paula.presses('Move a number away', /What would you like to do/)
  await paula.sees(/Which number is it about/)
  await paula.says(releaseNumber)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/Which provider/)
  await paula.says('Northern Lights Messaging')
  await paula.presses('Skip', /When is the move planned/)
  await paula.presses('Yes', /invoices/)
  await paula.presses('Yes', /texts of the templates/)
  await paula.presses(/^No/, /unused funds/)
  await ana.sees(/PD-1 · Move a number away[\s\S]*Release by support/)
}
