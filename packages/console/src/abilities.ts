import { AbilityBuilder, createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import { DECIDED_BY_AGENTS, SETTLED_BY, type Settled, type StaffMember } from './kept.ts';

/** All that the engine's table says somebody settles. */
const SETTLED = Object.keys(SETTLED_BY) as Settled[];

/** What can be done with each kind of record. `Page` stands for overviews that belong to no single record. */
export interface Actions {
  Ticket: 'read' | 'see' | 'reply' | 'note' | 'assign' | 'close' | 'reopen' | 'retry' | 'download';
  Request:
    | Settled
    | 'read'
    | 'challenge'
    | 'preview'
    | 'withdraw'
    | 'answer'
    | 'locate'
    | 'tell'
    | 'restrict'
    | 'lookAgain';
  Mail: 'download';
  Finding: 'resolve';
  Stop: 'allow';
  Disclosure: 'approve' | 'withdraw';
  Page: 'read';
}

export type Kind = keyof Actions;

/** Says whether this staff member may do this to exactly this record, and why not. */
export interface Can {
  <K extends Kind>(action: Actions[K], kind: K, record: object): boolean;
  why<K extends Kind>(action: Actions[K], kind: K, record: object): string;
}

/**
 * The rights of one staff member. They speak of who may decide; whether the record's state allows it is the engine's to say.
 * Asking about a type instead of a record would answer "might this ever be allowed", so only records can be asked about.
 */
export function abilitiesOf(staff: StaffMember, service: string): Can {
  const { can, cannot, build } = new AbilityBuilder<MongoAbility>(createMongoAbility);
  const here = { service };

  can(['read', 'reply', 'note', 'assign', 'close', 'reopen', 'retry', 'download'], 'Ticket', here);
  can(['read', 'challenge', 'preview', 'withdraw', 'answer', 'locate', 'tell'], 'Request', here);
  can(['restrict', 'lookAgain', ...SETTLED.filter((what) => SETTLED_BY[what] === 'agent')], 'Request', here);
  for (const asked of DECIDED_BY_AGENTS) can('decide', 'Request', { ...here, ...asked });
  // What a colleague works on is the colleague's to see; others say why they need it.
  can('see', 'Ticket', { ...here, assignee: staff._id });
  can('see', 'Ticket', { ...here, assignee: { $exists: false } });
  can('download', 'Mail', here);
  can('allow', 'Stop', here);
  can('withdraw', 'Disclosure', here);
  can('read', 'Page', {
    page: { $in: ['queue', 'mails', 'findings', 'disclosures', 'retention', 'rehearsals', 'help'] },
  });
  if (staff.role === 'lead') {
    can('see', 'Ticket', here);
    can(SETTLED, 'Request', here);
    can('resolve', 'Finding', here);
    can('approve', 'Disclosure', here);
    can('read', 'Page', { page: 'staff' });
  }
  cannot('approve', 'Request', { 'proposal.by': staff._id }).because(
    'You proposed this preview. A second person looks at it and approves.',
  );
  cannot('approve', 'Disclosure', { by: staff._id }).because(
    'You proposed this disclosure. A second person looks at it and approves.',
  );
  cannot('allow', 'Stop', { signatures: { $elemMatch: { by: staff._id } } }).because(
    'You have signed for this. A second person must sign.',
  );

  const ability = build();
  const ask = (action: string, kind: string, record: object): [string, object] => [
    action,
    subject(kind, { ...record }) as object,
  ];
  const allowed = (action: string, kind: string, record: object): boolean => ability.can(...ask(action, kind, record));
  return Object.assign(allowed, {
    why: (action: string, kind: string, record: object) =>
      ability.relevantRuleFor(...ask(action, kind, record))?.reason ?? 'Only a privacy lead may do this.',
  });
}
