import { personalDataSourceContract } from './personalDataSourceContract.ts';

personalDataSourceContract('MongoDB', async (source) => ({ source }));
