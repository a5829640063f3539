import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

interface BusinessTime {
  /** Business time now, ms since 1970. */
  now(): number;
  /** Business seconds in one second. */
  readonly speed: number;
  /** IANA name of the zone in which times are shown. */
  readonly timeZone: string;
}

const BusinessTimeContext = createContext<BusinessTime>({
  now: () => 0,
  speed: 1,
  timeZone: 'Asia/Shanghai',
});

/** Tells business time from here on, by what the server said it was. */
export function BusinessTimeProvider(props: {
  readonly at: string;
  readonly speed: number;
  readonly timeZone: string;
  readonly children: ReactNode;
}) {
  const { at, speed, timeZone, children } = props;
  const time = useMemo<BusinessTime>(() => {
    const toldAt = performance.now();
    const told = Date.parse(at);
    return { now: () => told + (performance.now() - toldAt) * speed, speed, timeZone };
  }, [at, speed, timeZone]);
  return <BusinessTimeContext value={time}>{children}</BusinessTimeContext>;
}

/** Business time without ticking. */
export function useBusinessTime(): BusinessTime {
  return useContext(BusinessTimeContext);
}

/**
 * Business time now, ms since 1970, told anew as it goes on.
 *
 * @param everyMs - real time between two tellings
 */
export function useBusinessNow(everyMs = 5_000): number {
  const time = useBusinessTime();
  const [now, setNow] = useState(time.now);
  useEffect(() => {
    setNow(time.now());
    const timer = setInterval(() => setNow(time.now()), everyMs);
    return () => clearInterval(timer);
  }, [time, everyMs]);
  return now;
}
