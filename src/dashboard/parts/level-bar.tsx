import { useLocale } from '../i18n/locale-context.tsx';
import { useFormat } from '../i18n/use-format.ts';

/** Where a level stands. */
export type LevelTone = 'out' | 'low' | 'ok';

/** Nothing left, at or below the threshold, or above. @param threshold - null = none */
export function levelTone(available: number, threshold: number | null): LevelTone {
  if (available <= 0) return 'out';
  return threshold !== null && available <= threshold ? 'low' : 'ok';
}

/** The scale ends at so many thresholds, so that the mark stands at the same place in every row. */
const thresholdsShown = 3;

/**
 * A tank with its water and the mark of the safety stock. The scale is the item's own: three times its threshold.
 *
 * @param threshold - null = none
 */
export function LevelBar(props: {
  available: string;
  threshold: string | null;
  /** What the numbers are, shown below; none = what is available and its threshold, beside it, which a heading names. */
  text?: string | null;
}) {
  const { t } = useLocale();
  const format = useFormat();
  const { available, threshold } = props;
  const stock = Number(available);
  const mark = threshold === null ? null : Number(threshold);
  const full = mark === null || mark <= 0 ? Math.max(stock, 1) : mark * thresholdsShown;
  const share = Math.min(1, Math.max(0, stock / full));
  const tone = levelTone(stock, mark);
  const text =
    props.text ??
    (threshold === null
      ? t.level.barNoThreshold(format.quantity(available))
      : t.level.bar(format.quantity(available), format.quantity(threshold)));
  return (
    <span className={`level ${tone} ${props.text == null ? '' : 'named'}`}>
      <span className="tank" role="img" aria-label={text} title={text}>
        <span className="water" style={{ inlineSize: `${share * 100}%` }} />
        {mark !== null && mark > 0 && (
          <span className="mark" style={{ insetInlineStart: `${100 / thresholdsShown}%` }} />
        )}
        {stock > full && <span className="overflow" />}
      </span>
      <span className="numbers" aria-hidden="true">
        {props.text ?? (
          <>
            <b>{format.quantity(available)}</b>
            {mark !== null && mark > 0 && <span> / {format.quantity(threshold)}</span>}
          </>
        )}
      </span>
    </span>
  );
}
