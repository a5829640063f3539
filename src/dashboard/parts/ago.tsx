import { useFormat } from '../i18n/use-format.ts';
import { useBusinessNow } from '../live/business-time.tsx';

/** How long ago something was, in business time; the instant itself on hovering. */
export function Ago({ at }: { at: string }) {
  const format = useFormat();
  const now = useBusinessNow();
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.ago(at, Math.max(now, Date.parse(at)))}
    </time>
  );
}
