import { type EgressGate, isKeptError } from '@kept/core';
import { Refusal } from '../web/refusal.ts';

// #region pass
/** Lets a wish out to the provider of a model, and answers what of it may leave; a refusal becomes a page that says why. */
export async function passToModel<Sent>(gate: Pick<EgressGate, 'pass'>, wish: object): Promise<Sent> {
  try {
    return (await gate.pass(wish)) as Sent;
  } catch (error) {
    if (!isKeptError(error)) throw error;
    if (error.code.startsWith('MEDIA_')) throw new Refusal(415, 'That file is broken. Please give another one.');
    if (error.code === 'EGRESS_REFUSED') throw new Refusal(403, `This was not made. ${error.message}`);
    throw error;
  }
}
// #endregion pass
