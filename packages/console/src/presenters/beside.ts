import type {
  DeadlineClock,
  EvidenceEntry,
  Notification,
  PackageState,
  Regime,
  RightDecision,
  StoredHold,
  StoredRequest,
  Ticket,
} from '../kept.ts';
import type { MoveBeside } from './nextMove.ts';
import type { Typed } from './weigh.ts';

/** What there is about a request beside itself. */
export interface Beside extends MoveBeside {
  readonly ticket: Ticket | undefined;
  /** Requests of the same conversation. */
  readonly others: readonly StoredRequest[];
  readonly law: Regime;
  readonly clock: DeadlineClock;
  readonly acknowledge: DeadlineClock;
  readonly restrictions: readonly StoredHold[];
  readonly notices: readonly Notification[];
  readonly pack: PackageState | undefined;
  readonly evidence: readonly EvidenceEntry[];
  readonly typed?: Typed;
  readonly fault?: { readonly text: string };
  readonly weighed?: RightDecision;
}
