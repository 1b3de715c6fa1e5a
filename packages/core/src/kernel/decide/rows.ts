import type { Decision, Question } from '../decision.ts';
import type { PolicyTable } from './policyTable.ts';

/** A question whose answers are kept: one for each standing, by its number. */
export interface Row {
  readonly question: Question;
  readonly answers: (Decision | undefined)[];
}

/** The rows of one purpose and category: the plain one, and those by viewer, by recipient, and by whether a generation asked for it. */
interface Cell {
  readonly plain: Row;
  readonly others: Map<string, Row>;
}

/**
 * The rows of a policy's questions. Only its own words have rows, so that what strangers make up fills no memory; a question
 * with a reference or a group of its own has none. A class, because V8 inlines methods and not closures made anew.
 */
export class Rows {
  readonly #table: PolicyTable;
  readonly #cells = new Map<string, Map<string, Cell>>();

  constructor(table: PolicyTable) {
    this.#table = table;
  }

  /** Undefined where the question cannot be kept, or is none. */
  of(question: Question): Row | undefined {
    if (question.group !== undefined || question.reference !== undefined) return undefined;
    const cell = this.#cells.get(question.purpose)?.get(question.category) ?? this.#cellFor(question);
    if (cell === undefined) return undefined;
    if (question.recipient === undefined && question.viewer === undefined) return cell.plain;
    return this.#otherRow(cell, question);
  }

  #cellFor({ purpose, category }: Question): Cell | undefined {
    if (!this.#table.purposes.has(purpose) || !this.#table.categories.has(category)) return undefined;
    const ofPurpose = this.#cells.get(purpose) ?? new Map<string, Cell>();
    const cell: Cell = { plain: { question: { purpose, category }, answers: [] }, others: new Map() };
    this.#cells.set(purpose, ofPurpose.set(category, cell));
    return cell;
  }

  #otherRow({ others }: Cell, question: Question): Row | undefined {
    const { recipient, viewer, generation } = question;
    if (recipient !== undefined && this.#table.recipient(recipient) === undefined) return undefined;
    if (viewer !== undefined && !isViewer(viewer, this.#table)) return undefined;
    const key = `${viewer ?? ''} ${recipient ?? ''}${generation ? ' for a generation' : ''}`;
    const known = others.get(key);
    if (known) return known;
    const row: Row = { question: { ...question, ...(generation && { generation: 'any' }) }, answers: [] };
    others.set(key, row);
    return row;
  }
}

function isViewer(viewer: string, { purposes }: PolicyTable): boolean {
  if (viewer === 'owner' || viewer === 'public' || viewer === 'link') return true;
  return typeof viewer === 'string' && viewer.startsWith('staff:') && purposes.has(viewer.slice('staff:'.length));
}
