/** Names of fields whose value nobody but the platform and the vault may see. */
const secretNames =
  'access_?token|refresh_?token|client_?secret|app_?secret|_aop_signature|signature|authorization|password|token';
/** Names of fields that tell who a buyer is; they are asked for nowhere and kept nowhere. */
const personalNames =
  'mobile|phone|tel(?:ephone)?|e?mail|(?:to|from|full|detail|receiver|sender)?_?address|(?:to|receiver|sender)_?(?:full)?_?name|fullName|alipayId|buyerOpenUid|buyerLoginId|buyerContact';

// A lone `code` is a grant in a URL, but the ordinary name of a warehouse or an error in JSON.
const inForm = new RegExp(`(^|[?&\\s])(${secretNames}|code)=[^&\\s"]*`, 'gi');
const inJson = new RegExp(
  `"((?:${secretNames}|${personalNames}))"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"?|[\\d.eE+-]+)`,
  'gi',
);
const inHeader = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;

/**
 * Takes secrets and personal data out of a text that is going to be logged, shown or stored: values of known
 * field names in JSON and form notation, bearer tokens, and every text of `secrets`.
 *
 * @param secrets - values in force now, such as the app secret and the shop's tokens; shorter than 6
 *   characters are passed over, they would match anywhere
 * @example redactText('code=4711&state=x') // 'code=***&state=x'
 */
export function redactText(text: string, secrets: readonly (string | null)[] = []): string {
  let redacted = text.replace(inForm, '$1$2=***').replace(inJson, '"$1":"***"').replace(inHeader, '$1 ***');
  for (const secret of secrets) {
    if (secret !== null && secret.length >= 6) redacted = redacted.replaceAll(secret, '***');
  }
  return redacted;
}
