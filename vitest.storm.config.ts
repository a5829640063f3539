import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The long run of notifications: minutes instead of seconds, so it is not part of `npm test`. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  { test: { include: ['test/faults/*.storm.ts'], testTimeout: 1_800_000 } },
);
