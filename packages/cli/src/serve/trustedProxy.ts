import express from 'express';
import { WrongQuestion } from '../wrongQuestion.ts';

/** Express's `trust proxy` out of the words of the command line. Throws WrongQuestion. */
export function trustedProxy(text: string | undefined, option: string): number | string | undefined {
  if (text === undefined) return undefined;
  const proxies = /^\d+$/.test(text) ? Number(text) : text;
  try {
    if (proxies === 0) throw new TypeError('no proxy');
    express().set('trust proxy', proxies);
    return proxies;
  } catch {
    throw new WrongQuestion(
      `"${text}" names no proxy`,
      option,
      'write how many stand in front, such as 1, or loopback, or their addresses: 192.0.2.1,10.0.0.0/8',
    );
  }
}
