/** A power of attorney, or the permission of a court or a law, stands for the person's own word; a signed permission does not. */
export const MANDATE_KINDS = ['power-of-attorney', 'legal-authority', 'signed-permission'] as const;

export type MandateKind = (typeof MANDATE_KINDS)[number];
