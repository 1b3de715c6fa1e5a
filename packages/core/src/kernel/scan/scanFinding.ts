import type { Severity } from '../lint/lintFinding.ts';

/** What a scan can find. */
export type ScanCode =
  | 'ANCHOR_NO_DATE'
  | 'CANARY_FOUND'
  | 'CARD_NUMBER_STORED'
  | 'COLLECTION_NOWHERE'
  | 'COLLECTION_UNLISTED'
  | 'COLLECTION_UNREAD'
  | 'FIELD_NOWHERE'
  | 'FIELD_UNLISTED'
  | 'FILES_UNLISTED'
  | 'FILE_KEY_UNREADABLE'
  | 'HASH_EXPECTED'
  | 'IDENTIFIER_UNLISTED'
  | 'KEY_AGE_UNKNOWN'
  | 'KEY_TOO_OLD'
  | 'KIND_UNLISTED'
  | 'PLACES_UNTOLD'
  | 'RECIPIENT_UNLISTED'
  | 'SCHEMA_OPEN'
  | 'SECRET_STORED';

/** Something in a host's database, or in its schemas, that its inventory does not know or its policy does not allow. */
export interface ScanFinding {
  readonly code: ScanCode;
  readonly severity: Severity;
  readonly clause?: string;
  /** Collection and path, such as `generations.outputs[].file`; names that would tell of somebody are `*`. */
  readonly where: string;
  /** Never a value. */
  readonly message: string;
  readonly remedy: string;
  /** Records that it was found in; 0 where a schema alone says so. */
  readonly count: number;
  /** Keys of some of these records, where they were asked for. They may name a person. */
  readonly ids?: readonly string[];
}

interface Meaning {
  readonly severity: Severity;
  readonly remedy: string;
}

/** How bad each is, and what to do. */
export const scanCodes: Readonly<Record<ScanCode, Meaning>> = {
  ANCHOR_NO_DATE: error('Store a date there, or name the field that holds it under anchors: nothing ends without.'),
  CANARY_FOUND: { severity: 'info', remedy: 'See that it belongs there.' },
  CARD_NUMBER_STORED: error('Take the numbers out, in backups and logs too, and find out who writes them.'),
  COLLECTION_NOWHERE: warning('Take it out of inventory.yaml, or correct its name.'),
  COLLECTION_UNLISTED: error(
    'Name it in inventory.yaml: under collections with its fields, or under impersonal with why.',
  ),
  COLLECTION_UNREAD: error('See that the account of the database may read it, and scan again.'),
  FIELD_NOWHERE: warning('Take it out of inventory.yaml, or correct its path.'),
  FIELD_UNLISTED: error('Give it a category under fields in inventory.yaml, or stop storing it.'),
  FILES_UNLISTED: error('Name the store under files in inventory.yaml, and the fields that hold its keys.'),
  FILE_KEY_UNREADABLE: error(
    'Store the key of the file as a text: a file whose key is none is not removed with its record.',
  ),
  HASH_EXPECTED: error('Replace the values by hashes, and renew what stood there in the clear.'),
  IDENTIFIER_UNLISTED: error('This is data of people: give the field a category, or take it out.'),
  KEY_AGE_UNKNOWN: warning('Name the date on which a key was made under anchors: keyMade.'),
  KEY_TOO_OLD: warning('Ask their owners to renew them.'),
  KIND_UNLISTED: error('Name the kind under when: of the collection, with whose its records are and its fields.'),
  PLACES_UNTOLD: warning('Give the object as a whole a category, or store lists instead of names that differ.'),
  RECIPIENT_UNLISTED: error('List it again, or see that its copies end: the notice no longer tells of it.'),
  SCHEMA_OPEN: warning('Name the fields in the schema, or give the object as a whole a category.'),
  SECRET_STORED: error('Take the secret out, renew it, and store its hash where it must be recognised.'),
};

export function scanFinding(
  code: ScanCode,
  where: string,
  message: string,
  more: { count?: number; clause?: string | undefined; ids?: readonly string[] } = {},
): ScanFinding {
  const { count = 0, clause, ids } = more;
  const { severity, remedy } = scanCodes[code];
  return { code, severity, ...(clause && { clause }), where, message, remedy, count, ...(ids && { ids }) };
}

function error(remedy: string): Meaning {
  return { severity: 'error', remedy };
}

function warning(remedy: string): Meaning {
  return { severity: 'warning', remedy };
}
