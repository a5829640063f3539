/** Starts what all test files share. Filled in by the database support. */
export default function setup(): void {}
