/** Dates without surprises: the platform's Temporal where it has one, the polyfill elsewhere. */
export { Temporal } from 'temporal-polyfill';
