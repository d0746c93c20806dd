type Step = IteratorResult<unknown, unknown>;

/** What TypeScript writes for async functions where the target has none. */
export function awaiter(self: unknown, given: unknown, _promise: unknown, body: (...a: never[]) => Generator): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const generator = body.apply(self, (given ?? []) as never[]);
    const fulfilled = (value: unknown) => {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    };
    const rejected = (value: unknown) => {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    };
    const step = (result: Step): void => {
      if (result.done) resolve(result.value);
      else Promise.resolve(result.value).then(fulfilled, rejected);
    };
    step(generator.next());
  });
}

/** The same from esbuild. */
export const runAsync = (self: unknown, given: unknown, body: (...a: never[]) => Generator): Promise<unknown> =>
  awaiter(self, given, undefined, body);
