export interface MutationPorts {
  readonly placeholder?: never;
}
