/** A string or number that has been checked: only a schema or this room makes one. */
export type Brand<Base, Name extends string> = Base & { readonly __brand: Name };
