import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';

/**
 * Filters that live in the address, so that a view can be kept, sent and come back to. An unknown value counts as
 * not set, so that a broken link still shows something.
 *
 * @param allowed - for each name the values that it may have; null = any text
 */
export function useUrlFilters<Name extends string>(
  allowed: Readonly<Record<Name, readonly string[] | null>>,
): {
  readonly filters: Readonly<Record<Name, string>>;
  set(name: Name, value: string): void;
  clear(): void;
  readonly hasAny: boolean;
} {
  const [params, setParams] = useSearchParams();
  const names = useMemo(() => Object.keys(allowed) as Name[], [allowed]);
  const filters = useMemo(() => {
    const entries = names.map((name) => {
      const value = params.get(name) ?? '';
      return [name, allowed[name]?.includes(value) === false ? '' : value];
    });
    return Object.fromEntries(entries) as Record<Name, string>;
  }, [params, names, allowed]);
  const set = useCallback(
    (name: Name, value: string) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  const clear = useCallback(() => setParams({}, { replace: true }), [setParams]);
  return { filters, set, clear, hasAny: names.some((name) => filters[name] !== '') };
}
