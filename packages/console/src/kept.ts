// The one place that knows where the engine's words come from: the index of the core, and nothing behind it.
export type {
  DeadlineClock,
  ErasureReceipt,
  EvidenceEntry,
  Finding,
  Kept,
  Message,
  OutboxLetter,
  PlanLine,
  Policy,
  RequestStatus,
  Right,
  Run,
  SignedDocument,
  StaffMember,
  StaffSession,
  StoredMail,
  StoredRequest,
  SweepCount,
  SweepReport,
  Ticket,
} from '@kept/core';
export { isKeptError, KeptError } from '@kept/core';
