import { defaultRetryPolicy, type RetryPolicy } from '../retry-read.ts';

/** What is set for one warehouse feed; its token is the access token of the shop. */
export interface WmsFeedSettings {
  /** Address before `/stock-levels` and the others, with or without a slash at the end. */
  baseUrl: string;
  /** Which form is asked for first; the source may answer with the other. */
  preferredFormat: 'json' | 'csv';
  /** Rows of a page, 1 to 500. */
  pageLimit: number;
  /** True when a user chose the address: https and public addresses only. Of a configured feed nothing is asked. */
  isUserChosen: boolean;
  /** Deadline of one call, ms. */
  timeoutMs: number;
  /** Largest page after decompression, bytes. */
  maxBodyBytes: number;
  retry: RetryPolicy;
}

/** All settings but the address. */
export const defaultWmsFeedSettings = {
  preferredFormat: 'json',
  pageLimit: 500,
  isUserChosen: false,
  timeoutMs: 30_000,
  maxBodyBytes: 8 * 1024 * 1024,
  retry: defaultRetryPolicy,
} as const satisfies Omit<WmsFeedSettings, 'baseUrl'>;
