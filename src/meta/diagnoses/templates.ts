import type { Diagnosis } from '../diagnosis.ts'

/** Templates and catalogs (procedures.md 9). */
export const templates = {
  'template-limit': {
    ref: ['16#42', '9#2'],
    who: ['partner'],
    flow: 'profile-templates-commerce',
    codes: [2388019],
    says: ['message template limit exceeded', 'template limit reached', '250 templates reached'],
  },
  'template-name-taken': {
    ref: ['16#43', '9#3'],
    who: ['partner'],
    flow: 'profile-templates-commerce',
    codes: [2388023, 2388024],
    says: [
      'template name already exists',
      'template with that name exists',
      'content in this language already exists for this template',
      'message template language is being deleted',
      'template is being deleted',
    ],
    alone: ['name exists'],
  },
  'template-not-approved': {
    ref: ['16#69'],
    who: ['partner'],
    flow: 'profile-templates-commerce',
    codes: [141002],
    says: ['message template is not approved', 'template not approved'],
  },
  'template-rejected': {
    ref: ['16#70', '9#1'],
    who: ['partner'],
    flow: 'profile-templates-commerce',
    says: [
      'ABUSIVE_CONTENT',
      'CATEGORY_NOT_AVAILABLE',
      'INCORRECT_CATEGORY',
      'INVALID_FORMAT',
      'TAG_CONTENT_MISMATCH',
      'tag content mismatch',
      'rejected_reason PROMOTIONAL',
      'rejected_reason SCAM',
      'template rejected SCAM',
      'template rejected PROMOTIONAL',
      'template rejected invalid format',
      'template was rejected',
    ],
  },
  'no-catalog-toggle': {
    ref: ['9#4'],
    who: ['support'],
    flow: 'profile-templates-commerce',
    says: [
      'no catalog toggle',
      'catalog toggle is missing',
      'catalog toggle not there',
      'cannot see the catalog toggle',
    ],
  },
} as const satisfies Record<string, Diagnosis>
