export { sdanceAi as variant } from '../../src/sdanceAi.ts';
