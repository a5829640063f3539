import { useEffect, useState } from 'react';
import { useLocale } from '../i18n/locale-context.tsx';
import { type LiveStatus, useLiveSocket } from '../live/live-socket.ts';

/** A break shorter than this is not worth a word, ms. */
const unnoticedMs = 600;

/** Whether what is shown is live, for eyes and ears. */
export function ConnectionMark() {
  const { t } = useLocale();
  const socket = useLiveSocket();
  const [status, setStatus] = useState<LiveStatus>(socket.status());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: LiveStatus) => {
      clearTimeout(timer);
      if (next === 'live') setStatus(next);
      else timer = setTimeout(() => setStatus(next), unnoticedMs);
    };
    show(socket.status());
    const stop = socket.onStatus(show);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [socket]);
  return (
    <span
      className={`connection ${status}`}
      role="status"
      title={status === 'reconnecting' ? t.shell.reconnectingHelp : undefined}
    >
      <span className="dot" aria-hidden="true" />
      <span className="text">{t.shell[status]}</span>
    </span>
  );
}
