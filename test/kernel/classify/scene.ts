import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compilePhrases, type PhraseFile, type Phrases } from '../../../packages/core/src/kernel/classify/phrases.ts';

const FILE = new URL('../../../policies/phrases/en.yaml', import.meta.url);

export const file: PhraseFile = parse(readFileSync(FILE, 'utf8'));
export const english: Phrases = compilePhrases(file);
