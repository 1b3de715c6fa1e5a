export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip.mjs' },
  testEnvironmentOptions: { customExportConditions: ['@kept/source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/test/support/setup.mjs',
  globalTeardown: '<rootDir>/test/support/teardown.mjs',
  coverageProvider: 'v8',
  testTimeout: 30_000,
  // Jest keeps what each file loaded as a module; a worker starts anew before that fills its heap.
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', '<rootDir>/test/support/reporter.mjs'],
};
