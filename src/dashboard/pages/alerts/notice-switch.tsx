import { useState } from 'react';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useAlertEvents } from '../../live/alert-stream.tsx';

/** Desktop notices about alerts that open or get worse, as long as this page is open; only when asked for. */
export function NoticeSwitch() {
  const { t } = useLocale();
  const [isOn, setOn] = useState(false);
  const [isDenied, setDenied] = useState(false);
  useAlertEvents((events) => {
    if (!isOn || !document.hidden) return;
    const urgent = events.filter(({ reason }) => ['OPENED', 'REOPENED', 'ESCALATED'].includes(reason));
    const first = urgent[0];
    if (first === undefined) return;
    const { alert } = first;
    const more = urgent.length > 1 ? ` (+${urgent.length - 1})` : '';
    new Notification(`${label(t.severity, alert.severity)} · ${label(t.alertKind, alert.kind)}${more}`, {
      body: [alert.item?.title ?? alert.shop?.name, alert.warehouse?.name].filter(Boolean).join(' · '),
      tag: 'shuiwei-alert',
      icon: '/icon.svg',
    });
  });
  if (!('Notification' in window)) return null;
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={isDenied ? t.alerts.notifyDenied : undefined}
      onClick={async () => {
        if (isOn) return setOn(false);
        const answer = await Notification.requestPermission();
        setDenied(answer === 'denied');
        setOn(answer === 'granted');
      }}
    >
      {isDenied ? t.alerts.notifyDenied : isOn ? t.alerts.notifyOn : t.alerts.notify}
    </button>
  );
}
