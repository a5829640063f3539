import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../../parts/icon.tsx';
import type { LiveAlertList } from './use-alert-list.ts';

/** Says how many alerts are held with their source, for which its one alert stands, and leads to them and back. */
export function HeldNote(props: {
  count: LiveAlertList['held'];
  isShown: boolean;
  onShow: (isShown: boolean) => void;
}) {
  const { t } = useLocale();
  const format = useFormat();
  const { count, isShown, onShow } = props;
  if (!isShown && (count === null || count.value === 0)) return null;
  const number = count === null ? '' : format.count(count.value);
  return (
    <p className="held-note" role="status">
      <Icon name="clock" size={18} />
      <span>
        {isShown
          ? t.alerts.heldShown
          : t.alerts.held(count?.precision === 'AT_LEAST' ? `${number}+` : number)}
      </span>
      <button type="button" onClick={() => onShow(!isShown)}>
        {isShown ? t.alerts.heldBack : t.alerts.heldShow}
      </button>
    </p>
  );
}
