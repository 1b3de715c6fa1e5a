import { KeptError } from '../../../kernel/keptError.ts';
import type { Face, PicturedDecision } from '../../../kernel/request/picturedDecision.ts';
import type { RightDecision } from '../../../kernel/request/rightDecision.ts';
import { demandText } from '../../demandText.ts';
import type { StoredRequest } from '../../stored.ts';
import type { ShownIn } from '../../storedCase.ts';
import type { StoredView } from '../../views/storedView.ts';
import type { World } from '../../world.ts';
import { coveredCopy } from './coverFiles.ts';

const MOST_FACES = 100;

/**
 * A decision by somebody who has looked at every record, for a purpose that the policy allows and on record. What is to be
 * covered is covered once on trial, so that nothing is promised that cannot be done. Throws DECISION_INVALID, BLUR_REFUSED.
 */
export async function weighPictured(
  world: World,
  request: StoredRequest,
  decision: RightDecision,
  by: string,
): Promise<RightDecision> {
  const { shownIn = [] } = request;
  if (!('report' in decision) || !OUTCOMES.includes(decision.outcome))
    throw invalid('outcome', 'Say takedown or blur.');
  if (shownIn.length === 0) throw invalid('request', 'Find the record that shows the person first.');
  for (const shown of shownIn) await demandSeen(world, request, shown, by);
  const { outcome } = decision;
  const article = demandText(decision.article, 'article', 200);
  if (outcome === 'takedown') return { right: 'erasure', report: 'pictured', outcome, article };

  const faces = await facesOf(world, shownIn, decision.faces);
  for (const file of new Set(faces.map((face) => `${face.store}\n${face.file}`))) {
    const [store = '', key = ''] = file.split('\n');
    await coveredCopy(world, { store, key }, faces);
  }
  return { right: 'erasure', report: 'pictured', outcome, article, faces };
}

const OUTCOMES: readonly PicturedDecision['outcome'][] = ['takedown', 'blur'];

/** Nobody decides on what they have not seen, and nobody sees it unrecorded. */
async function demandSeen(
  { records, service }: World,
  { receivedAt }: StoredRequest,
  { owner, collection, record }: ShownIn,
  staff: string,
): Promise<void> {
  const where = { service, subject: owner, staff, collection, record, outcome: 'permitted' };
  const views = await records.collection<StoredView>('views').find(where);
  if (views.some(({ at }) => at >= receivedAt)) return;
  throw invalid('view', 'Look at each record first, with kept.views.open and a purpose that allows it.');
}

/** The regions, each within its picture, of files of these records and of no others. */
async function facesOf({ data }: World, shownIn: readonly ShownIn[], given: unknown): Promise<Face[]> {
  const isList = Array.isArray(given) && given.length > 0 && given.length <= MOST_FACES;
  if (!isList) throw invalid('faces', `Mark 1 to ${MOST_FACES} faces.`);
  const found = await Promise.all(shownIn.map(({ collection, record }) => data.recordsNamed(collection, [record])));
  const files = found.flat().flatMap((each) => each.files);
  return (given as Face[]).map((face) => {
    const { store, file, x, y, width, height } = face ?? {};
    const numbers = [x, y, width, height].every((each) => typeof each === 'number' && each >= 0 && each <= 1);
    const isInside = numbers && width > 0 && height > 0 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9;
    if (isInside && files.some((each) => each.store === store && each.key === file))
      return { store, file, x, y, width, height };
    throw invalid('faces', 'Give parts of files of these records, in shares of width and height from 0 to 1.');
  });
}

function invalid(place: string, remedy: string): KeptError {
  return new KeptError('DECISION_INVALID', 'This is no decision on what shows somebody', { place, remedy });
}
