/** A refusal of the gateway itself, before any API: code, message and HTTP status as the platform gives them. */
export class GatewayError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /** The body of the refusal. */
  toBody(): Record<string, string> {
    return { error_code: this.code, error_message: this.message, exception: this.message };
  }
}
