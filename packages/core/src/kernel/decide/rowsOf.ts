import type { Decision, Question } from '../decision.ts';
import type { PolicyTable } from './policyTable.ts';

/** A question whose answers are kept: one for each standing, by its number. */
export interface Row {
  readonly question: Question;
  readonly answers: (Decision | undefined)[];
}

/** The rows of one purpose and category: by viewer, by recipient, and by whether a generation asked for it. */
interface Cell {
  plain?: Row;
  readonly others: Map<string, Row>;
}

/**
 * Finds the row of a question. Only words of the policy have rows, so that what strangers make up fills no memory; a question
 * with a reference or a group of its own has none.
 */
export function rowsOf(table: PolicyTable): (question: Question) => Row | undefined {
  const cells = new Map<string, Map<string, Cell>>();

  const cellOf = (purpose: string, category: string): Cell | undefined => {
    const known = cells.get(purpose)?.get(category);
    if (known) return known;
    if (!table.purposes.has(purpose) || !table.categories.has(category)) return undefined;
    const ofPurpose = cells.get(purpose) ?? new Map<string, Cell>();
    const cell: Cell = { others: new Map() };
    cells.set(purpose, ofPurpose.set(category, cell));
    return cell;
  };

  return (question) => {
    const { purpose, category, recipient, viewer } = question;
    if (question.group !== undefined || question.reference !== undefined) return undefined;
    const cell = cellOf(purpose, category);
    if (cell === undefined) return undefined;
    if (recipient === undefined && viewer === undefined) {
      cell.plain ??= { question: { purpose, category }, answers: [] };
      return cell.plain;
    }

    if (recipient !== undefined && table.recipient(recipient) === undefined) return undefined;
    if (viewer !== undefined && !isViewer(viewer, table)) return undefined;
    const { generation } = question;
    const key = `${viewer ?? ''} ${recipient ?? ''}${generation ? ' for a generation' : ''}`;
    const known = cell.others.get(key);
    if (known) return known;
    const row: Row = { question: { ...question, ...(generation && { generation: 'any' }) }, answers: [] };
    cell.others.set(key, row);
    return row;
  };
}

function isViewer(viewer: string, { purposes }: PolicyTable): boolean {
  if (viewer === 'owner' || viewer === 'public' || viewer === 'link') return true;
  return typeof viewer === 'string' && viewer.startsWith('staff:') && purposes.has(viewer.slice('staff:'.length));
}
