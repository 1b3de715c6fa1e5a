export { fileAnchor } from './adapters/anchor/fileAnchor.ts';
export { memoryAnchor } from './adapters/anchor/memoryAnchor.ts';
export { sharpBlur } from './adapters/blur/sharpBlur.ts';
export { settableClock } from './adapters/clock/settableClock.ts';
export { systemClock } from './adapters/clock/systemClock.ts';
export { diskFiles } from './adapters/files/diskFiles.ts';
export { gridFsFiles } from './adapters/files/gridFsFiles.ts';
export { memoryFiles } from './adapters/files/memoryFiles.ts';
export { s3Files } from './adapters/files/s3/s3Files.ts';
export { type HttpDataOptions, httpData } from './adapters/http/httpData.ts';
export { type ServeDataOptions, serveData } from './adapters/http/serveData.ts';
export { fileKeys } from './adapters/keys/fileKeys.ts';
export { memoryKeys } from './adapters/keys/memoryKeys.ts';
export { loadPublicKeys, type PublicKey, verifySignature } from './adapters/keys/signatures.ts';
export { fileLedger } from './adapters/ledger/fileLedger.ts';
export { memoryLedger } from './adapters/ledger/memoryLedger.ts';
export { memoryMailer } from './adapters/mail/memoryMailer.ts';
export { nodemailerMailer } from './adapters/mail/nodemailerMailer.ts';
export { postalReader } from './adapters/mail/postalReader.ts';
export { smtpMailbox } from './adapters/mail/smtpMailbox.ts';
export { smtpMailer } from './adapters/mail/smtpMailer.ts';
export { mediaStripper, type StripperOptions, type StripperStream } from './adapters/media/mediaStripper.ts';
export { type MediaType, mediaTypeOf } from './adapters/media/mediaType.ts';
export { type MediaSource, movieIndexOf } from './adapters/media/movieIndexOf.ts';
export { type StrippedMedia, stripMedia } from './adapters/media/stripMedia.ts';
export type { MovieIndex } from './adapters/media/stripMovie.ts';
export { loadNotice, noticeLanguages } from './adapters/notice/loadNotice.ts';
export { type NoticeFormat, renderNotice } from './adapters/notice/renderNotice.ts';
export { type RopaFormat, renderRopa } from './adapters/notice/renderRopa.ts';
export { loadCalendar } from './adapters/policy/loadCalendar.ts';
export { loadPack } from './adapters/policy/loadPack.ts';
export { loadPhrases } from './adapters/policy/loadPhrases.ts';
export { loadRegime, loadRegimes, regimeIds } from './adapters/policy/loadRegime.ts';
export { loadResidence } from './adapters/policy/loadResidence.ts';
export { loadRegister, loadVocabulary } from './adapters/policy/loadVocabulary.ts';
export { labelLanguages, loadVocabularyLabels } from './adapters/policy/loadVocabularyLabels.ts';
export type { PolicyInvalid } from './adapters/policy/policyInvalid.ts';
export { emailConnector } from './adapters/recipients/emailConnector.ts';
export { verifyNotification } from './adapters/recipients/verifyNotification.ts';
export { type WebhookOptions, webhookConnector } from './adapters/recipients/webhookConnector.ts';
export type { DisclosureProposal, DisclosureScope } from './engine/disclosures/disclosureProposal.ts';
export { type ProposalState, proposalState } from './engine/disclosures/disclosureProposal.ts';
export { EgressRefused } from './engine/egress/egressRefused.ts';
export type { Reader, StatedPurpose } from './engine/guard/statedPurpose.ts';
export type { Kept, KeptOptions, SubjectQuestion } from './engine/kept.ts';
export type * from './engine/keptChildren.ts';
export type * from './engine/keptChoices.ts';
export type * from './engine/keptDisclosures.ts';
export type * from './engine/keptEgress.ts';
export type * from './engine/keptFigures.ts';
export type * from './engine/keptLinks.ts';
export type * from './engine/keptMail.ts';
export type * from './engine/keptMandates.ts';
export type * from './engine/keptNotifications.ts';
export type * from './engine/keptPackages.ts';
export type * from './engine/keptPolicies.ts';
export type * from './engine/keptRecipients.ts';
export type * from './engine/keptReports.ts';
export type * from './engine/keptRetention.ts';
export type * from './engine/keptReviews.ts';
export type * from './engine/keptScan.ts';
export type * from './engine/keptSupport.ts';
export type * from './engine/keptTransfer.ts';
export type * from './engine/keptViews.ts';
export type { DeliveryReceipt } from './engine/packages/deliveryReceipt.ts';
export type { PackageManifest, PackedFile } from './engine/packages/packageManifest.ts';
export type * from './engine/policy/simulation.ts';
export type * from './engine/ports/blur.ts';
export type * from './engine/ports/edges.ts';
export type * from './engine/ports/otherSource.ts';
export type { PackageStore } from './engine/ports/packaging.ts';
export type * from './engine/ports/recipientConnector.ts';
export type { CopyBefore } from './engine/requests/copyBefore.ts';
export type * from './engine/retention/stoppedSweep.ts';
export { isLeftToStaff } from './engine/rights/erasure/lookAgain.ts';
export type { Rehearsal } from './engine/rights/rehearsal/rehearse.ts';
export type * from './engine/stored.ts';
export type {
  BusinessTransfer,
  TransferFile,
  TransferPreview,
  TransferSink,
} from './engine/transfer/businessTransfer.ts';
export type { TransferManifest } from './engine/transfer/manifest.ts';
export type { SetItem, SetLine, Use } from './engine/uses/use.ts';
export { compareSchemas } from './host/compareSchemas.ts';
export { cookiesOf } from './host/cookies/cookieGate.ts';
export { createKept } from './host/createKept.ts';
export { egressInterceptor } from './host/egress/egressInterceptor.ts';
export { globalPrivacyControl } from './host/globalPrivacyControl.ts';
export { governs } from './host/governs.ts';
export { forPurpose, type PurposeOptions } from './host/guard/forPurpose.ts';
export { type ScanDataOptions, scanData } from './host/scanData.ts';
export { type SimulateOptions, simulateChange } from './host/simulateChange.ts';
export { type JsonSchema, recordSchema } from './kernel/access/recordSchema.ts';
export { diffPolicies } from './kernel/change/diffPolicies.ts';
export type { Flip } from './kernel/change/flippedDecisions.ts';
export type { PolicyChange } from './kernel/change/policyChange.ts';
export type { Newcomer } from './kernel/children/newcomer.ts';
export { classify, type Recognition } from './kernel/classify/classify.ts';
export { RIGHTS, type Right } from './kernel/classify/right.ts';
export { breachDue } from './kernel/clock/breachDue.ts';
export { alarmDate, type Clock as DeadlineClock, type ClockEvents, deadlines } from './kernel/clock/deadlines.ts';
export { instantOf } from './kernel/clock/localDate.ts';
export { CLOCK_KINDS, type ClockKind, type Regime } from './kernel/clock/regime.ts';
export { decide } from './kernel/decide/decide.ts';
export { decideCookie } from './kernel/decide/decideCookie.ts';
export type { Decision, Facts, Hold, PlanLine, Question, Reason } from './kernel/decision.ts';
export { type AnswerReceipt, answerFaults, type Claim, type RightsReceipt } from './kernel/evidence/answerReceipt.ts';
export {
  type ErasureReceipt,
  type OpenFault,
  openDocument,
  receiptFaults,
  type SignedDocument,
} from './kernel/evidence/receipt.ts';
export { groundNamed, groundsFor, neverDisclosed } from './kernel/grounds/groundsFor.ts';
export { rightUnder } from './kernel/grounds/rightUnder.ts';
export { maskValue } from './kernel/guard/maskValue.ts';
export { isKeptError, KeptError } from './kernel/keptError.ts';
export { type LintOptions, lint } from './kernel/lint/lint.ts';
export { type LintCode, type LintMeaning, lintCodes } from './kernel/lint/lintCodes.ts';
export type { LintFinding } from './kernel/lint/lintFinding.ts';
export { objectedTo } from './kernel/objection/objectedTo.ts';
export { insteadOf } from './kernel/policy/nearestWord.ts';
export type { Mode, Policy } from './kernel/policy/policy.ts';
export type { RegisteredPack } from './kernel/policy/registerOf.ts';
export { ruleIds } from './kernel/policy/ruleIds.ts';
export { definedWords } from './kernel/policy/vocabulary.ts';
export type { VocabularyLabels } from './kernel/policy/vocabularyLabels.ts';
export { whyUncorrectable } from './kernel/rectification/whyUncorrectable.ts';
export { isAddressSubject } from './kernel/request/addressSubject.ts';
export type { Asks, CorrectedValue, Correction } from './kernel/request/asks.ts';
export { MANDATE_KINDS, type MandateKind } from './kernel/request/mandateKind.ts';
export type { Balance, ObjectionDecision } from './kernel/request/objectionDecision.ts';
export type { Face, PicturedDecision } from './kernel/request/picturedDecision.ts';
export type {
  PlannedCorrection,
  RectificationDecision,
  Statement,
  WantedCorrection,
} from './kernel/request/rectificationDecision.ts';
export { isClosed } from './kernel/request/requestStatus.ts';
export { RESTRICTION_GROUNDS, type RestrictionGround } from './kernel/request/restrictionGround.ts';
export type { DecisionTaken, RightDecision } from './kernel/request/rightDecision.ts';
export type { RequestStatus, RightsRequest } from './kernel/request/rightsRequest.ts';
export { DECIDED_BY_AGENTS, SETTLED_BY, type Settled, settledBy } from './kernel/request/settledBy.ts';
export { signersOf } from './kernel/request/signersOf.ts';
export { WAIVED_GROUNDS } from './kernel/request/waivedGround.ts';
export { type Way, wayOf } from './kernel/request/wayOf.ts';
export { decideRetention } from './kernel/retention/decideRetention.ts';
export { cardNumberIn } from './kernel/sensitive/cardNumberIn.ts';
export { type CardHit, cardNumbersIn, holdsCardNumber } from './kernel/sensitive/cardNumbersIn.ts';
export { isHash } from './kernel/sensitive/isHash.ts';
export { type SecretHit, secretsIn } from './kernel/sensitive/secretsIn.ts';
export { truncatedCards } from './kernel/sensitive/truncatedCards.ts';
