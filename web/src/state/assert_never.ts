// A new case of a union is a compiler error wherever this is called.
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${String(value)}`);
}
