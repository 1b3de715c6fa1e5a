import type { Can } from '../abilities.ts';
import type { EvidenceEntry, StoredRequest } from '../kept.ts';
import { isAddressSubject, isClosed } from '../kept.ts';
import type { Beside } from './beside.ts';
import type { Chip } from './chip.ts';
import { type ClockModel, presentClock } from './clock.ts';
import type { When } from './dates.ts';
import { type DecisionModel, presentDecision } from './decisionTaken.ts';
import type { Desk } from './desk.ts';
import { type LawModel, presentLaw, presentPlaces } from './law.ts';
import { type MandateCard, presentMandate } from './mandate.ts';
import type { NextMove } from './move.ts';
import { isStoppable, presentNextMove } from './nextMove.ts';
import { type NoticeRow, presentNotices } from './notices.ts';
import { type PackageCard, presentPackage } from './packageCard.ts';
import { type PlanModel, presentPlan } from './plan.ts';
import { presentReceiptLinks, type ReceiptLink } from './receipt.ts';
import { presentRehearsal, type RehearsalCard } from './rehearsal.ts';
import { presentRelated, type RelatedRequest } from './related.ts';
import { presentRequestCard } from './requestCard.ts';
import { presentRestrictions, type RestrictionCard } from './restrictionCards.ts';
import { byEngine, presentSteps, type Step } from './steps.ts';
import { presentWeigh, type WeighModel } from './weigh.ts';
import { languageLabel, REPORT_LABEL, RIGHT_LABEL, residenceLabel, spaced } from './words.ts';

export interface RequestModel {
  readonly id: string;
  /** What it is, and whose. */
  readonly title: string;
  readonly right: string;
  readonly ticket: { readonly id: string; readonly number: string; readonly title: string } | undefined;
  readonly status: Chip;
  /** Opened by staff to see what would happen. */
  readonly test: Chip | undefined;
  /** What a test would have done. */
  readonly rehearsal: RehearsalCard | undefined;
  readonly due: Chip;
  readonly requester: {
    readonly name: string;
    readonly named: boolean;
    readonly address: string;
    readonly language: string;
  };
  /** The registered address, where it is another than the one that wrote. */
  readonly about: string | undefined;
  readonly subject: string | undefined;
  readonly residence: string | undefined;
  /** Places to choose from, where nobody knows yet where the person lives. */
  readonly places: readonly { readonly code: string; readonly label: string }[];
  readonly steps: readonly Step[];
  readonly law: LawModel;
  readonly clock: ClockModel;
  readonly plan: PlanModel | undefined;
  readonly move: NextMove;
  /** What the form of the move shows, where something is to be weighed. */
  readonly weigh: WeighModel | undefined;
  /** Why what was sent was not taken. */
  readonly fault: string | undefined;
  readonly decision: DecisionModel | undefined;
  readonly package: PackageCard | undefined;
  readonly notices: readonly NoticeRow[];
  readonly restrictions: readonly RestrictionCard[];
  readonly mandate: MandateCard | undefined;
  readonly related: readonly RelatedRequest[];
  readonly refusal: { readonly article: string; readonly reason: string; readonly by: string } | undefined;
  /** Where in the mail the right was recognised, in the person's own words. */
  readonly quote: string | undefined;
  /** The form below asks to weigh it, so it is read first. */
  readonly weighing: boolean;
  readonly running: boolean;
  readonly receipts: readonly ReceiptLink[];
  readonly evidence: readonly EvidenceRow[];
  readonly may: {
    readonly preview: boolean;
    readonly extend: boolean;
    readonly refuse: boolean;
    readonly challenge: boolean;
    readonly withdraw: boolean;
    readonly leave: boolean;
  };
  /** Why the forms for extending and refusing are missing. */
  readonly leadsOnly: boolean;
}

export interface EvidenceRow {
  readonly seq: string;
  readonly at: When;
  readonly type: string;
  readonly hash: string;
  readonly shortHash: string;
}

const PREVIEWABLE: readonly StoredRequest['status'][] = ['verified', 'previewed', 'proposed', 'approved'];

export function presentRequest(request: StoredRequest, beside: Beside, can: Can, desk: Desk): RequestModel {
  const open = !isClosed(request);
  const { about, requester } = request;
  const decide = open && request.status !== 'running';
  const mayLocate = open && !request.residence && !request.extension && can('locate', 'Request', request);
  const weigh = presentWeigh(request, beside, desk);
  const clock = presentClock(beside.clock, beside.acknowledge, request, desk);
  return {
    ...presentRequestCard(request, desk),
    title: titleOf(request),
    ticket: beside.ticket && {
      id: beside.ticket._id,
      number: beside.ticket.number,
      title: beside.ticket.subjectLine.trim() || '(no subject line)',
    },
    rehearsal: request.rehearsal && presentRehearsal(request.rehearsal, desk),
    requester: {
      name: requester.name ?? requester.address,
      named: requester.name !== undefined,
      address: requester.address || 'Not known',
      language: languageLabel(request.language),
    },
    about: about && about.address !== requester.address ? about.address : undefined,
    subject: 'subject' in request && !isAddressSubject(request.subject) ? request.subject : undefined,
    residence: request.residence && residenceLabel(request.residence),
    places: mayLocate ? presentPlaces(desk.kept.policy.residence) : [],
    steps: presentSteps(request, desk),
    law: presentLaw(beside.law, request),
    clock,
    plan: hasPreview(request) ? presentPlan(request, request.preview, desk) : undefined,
    move: presentNextMove(request, beside, can, desk),
    weigh,
    fault: beside.fault?.text,
    decision: beside.seen ? presentDecision(request, desk) : undefined,
    package: beside.pack && presentPackage(beside.pack, desk, request.status === 'partly-fulfilled'),
    notices: presentNotices(beside.notices, request, can, desk),
    restrictions: presentRestrictions(beside.restrictions, request, can, desk),
    mandate: presentMandate(request, can, desk),
    related: presentRelated(request, beside, desk),
    refusal: request.status === 'refused' ? { ...request.refusal, by: desk.nameOf(request.refusal.by) } : undefined,
    quote: beside.ticket?.recognition?.rights.find(({ right }) => right === request.right)?.evidence,
    weighing: request.status === 'verified' && weigh !== undefined,
    running: request.status === 'approved' || request.status === 'running',
    receipts: presentReceiptLinks(request, beside.receipt),
    evidence: beside.evidence.map((entry) => presentEntry(entry, desk)),
    may: {
      preview:
        byEngine(request, desk.kept) && PREVIEWABLE.includes(request.status) && can('preview', 'Request', request),
      extend: open && clock.extendable !== undefined && can('extend', 'Request', request),
      refuse: decide && can('refuse', 'Request', request),
      withdraw: decide && !isStoppable(beside.stoppable, desk) && can('withdraw', 'Request', request),
      leave: can('leave', 'Request', request),
      challenge: request.status === 'received' && about !== undefined && can('challenge', 'Request', request),
    },
    leadsOnly: decide && !can('refuse', 'Request', request),
  };
}

function titleOf(request: StoredRequest): string {
  const { report, right, requester, test, mandate } = request;
  const name = requester.name ?? requester.address;
  if (report) return `${REPORT_LABEL[report]}, by ${name || 'somebody unnamed'}`;
  if (mandate) return `${RIGHT_LABEL[right]}, asked by ${name} for another`;
  return test ? `Test of ${RIGHT_LABEL[right]}` : `${RIGHT_LABEL[right]} for ${name}`;
}

export function presentEntry(entry: EvidenceEntry, desk: Desk): EvidenceRow {
  return {
    seq: entry.seq.toLocaleString('en-GB'),
    at: desk.when(new Date(entry.at)),
    type: spaced(entry.type),
    hash: entry.hash,
    shortHash: entry.hash.slice(0, 12),
  };
}

function hasPreview(request: StoredRequest): request is StoredRequest & { preview: Parameters<typeof presentPlan>[1] } {
  return 'preview' in request && request.preview !== undefined && request.preview !== null;
}
