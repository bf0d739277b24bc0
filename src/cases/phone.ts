export { displayPhone } from '../meta/phone.ts'
