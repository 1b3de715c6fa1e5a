/** What a sale is for, and who buys; whatever another word of the vocabulary covers with these is one too. */
export const soldFor: readonly string[] = ['sale', 'marketing.third-party'];
export const soldTo: readonly string[] = ['buyer', 'advertiser'];
