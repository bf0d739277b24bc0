export { displayPhone, parsePhone } from '../meta/phone.ts'
