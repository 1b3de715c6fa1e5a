/** Why a recipient need not be told (Art 19 GDPR). */
export const WAIVED_GROUNDS = ['impossible', 'disproportionate'] as const;

export type WaivedGround = (typeof WAIVED_GROUNDS)[number];
