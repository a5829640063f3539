import type { Api } from './api.ts';
import { wireDate } from './format.ts';

/** Whose token this is, and the platform's clock. */
export const accountApis: readonly Api[] = [
  {
    id: 'com.alibaba.account:alibaba.account.basic-1',
    needsToken: true,
    required: [],
    answer: ({ merchant }) => ({
      success: true,
      result: {
        memberId: merchant.memberId,
        userId: merchant.userId,
        loginId: merchant.loginId,
        companyName: `${merchant.loginId}商行`,
        shopName: `${merchant.loginId}的店`,
      },
    }),
  },
  {
    id: 'system:currentTime-1',
    needsToken: false,
    required: [],
    answer: ({ now }) => wireDate(now),
  },
];
