/** How an operation is written between its operands; the rest is written as a function. */
const signs: Readonly<Record<string, string>> = { add: ' + ', sub: ' − ', mul: ' × ', div: ' ÷ ' };

/**
 * A step of a calculation as people write it, such as "available + due": operands by what they mean, plain numbers in
 * the user's way.
 *
 * @param labels - what inputs and earlier steps mean, by name
 */
export function formulaOf(
  { op, operands }: { readonly op: string; readonly operands: readonly string[] },
  labels: ReadonlyMap<string, string>,
  write: (number: string) => string,
): string {
  const terms = operands.map((operand) => {
    const known = labels.get(operand);
    return known ?? (operand === '' || Number.isNaN(Number(operand)) ? operand : write(operand));
  });
  const sign = signs[op];
  return sign === undefined ? `${op}(${terms.join(', ')})` : terms.join(sign);
}
