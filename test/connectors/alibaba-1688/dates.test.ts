import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, parseDate } from '../../../src/connectors/alibaba-1688/dates.ts';

describe('parseDate', () => {
  it.each([
    ['20180721172608000+0800', '2018-07-21T09:26:08.000Z'],
    ['20180721172608000-0700', '2018-07-22T00:26:08.000Z'],
    ['20261014200339+0800', '2026-10-14T12:03:39.000Z'],
    ['20261014200339', '2026-10-14T12:03:39.000Z'],
    ['20180721172608123Z', '2018-07-21T17:26:08.123Z'],
    ['2018-07-22 17:26:07', '2018-07-22T09:26:07.000Z'],
    ['2018-07-22T17:26:07.500+08:00', '2018-07-22T09:26:07.500Z'],
    ['1564984329147', '2019-08-05T05:52:09.147Z'],
    ['20180230172608000+0800', null],
    ['20181321172608000+0800', null],
    ['20180721252608000+0800', null],
    ['20180721172608000+9900', null],
    ['2018-07-22', null],
    ['yesterday', null],
    ['', null],
  ])('reads %j as %s', (text, expected) => {
    expect(parseDate(text)?.toISOString() ?? null).toBe(expected);
  });
});

describe('formatDate', () => {
  it('writes China time', () => {
    expect(formatDate(new Date('2018-07-21T09:26:08Z'))).toBe('20180721172608000+0800');
  });

  it('is read back to the same instant', () => {
    const range = { min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        expect(parseDate(formatDate(date))).toEqual(date);
      }),
    );
  });
});
