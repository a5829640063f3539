/**
 * What may be logged of an error: its class, code and where it happened. Never its message: that of a failed query
 * holds the SQL and its values.
 */
export function describeError(error: unknown): {
  error: string;
  errorCode: string | null;
  constraint: string | null;
  at: string | null;
} {
  const inner = innermost(error);
  if (!(inner instanceof Error)) return { error: typeof inner, errorCode: null, constraint: null, at: null };
  const text = (name: string): string | null => {
    const value = (inner as unknown as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : null;
  };
  const frames = inner.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    error: inner.name,
    errorCode: text('code'),
    constraint: text('constraint_name'),
    at:
      frames
        .slice(0, 5)
        .map((line) => line.trim())
        .join(' < ') || null,
  };
}

/** The error underneath: GraphQL and drizzle wrap what was thrown. */
function innermost(error: unknown): unknown {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth += 1) {
    const next = 'originalError' in inner && inner.originalError != null ? inner.originalError : inner.cause;
    if (!(next instanceof Error)) break;
    inner = next;
  }
  return inner;
}
