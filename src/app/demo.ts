import { brandId, type OrganizationId } from '../shared/ids.ts';

/** The organization that the sandbox plays for; the only one whose shops may live on this machine. */
export const demoOrganizationId = brandId<OrganizationId>('5a1d3c00-1688-4000-8000-000000000001');

/** The app that the sandbox gateway knows. It listens on loopback only, so its secret is none. */
export const sandboxApp = { appKey: '1688000', appSecret: 'sandbox-app-secret' } as const;

/** Bearer token of the sandbox's warehouse feed. */
export const sandboxFeedToken = 'sandbox-feed-token';
