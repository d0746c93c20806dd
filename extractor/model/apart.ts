/**
 * Why a request isn't the program's own. `library`: a bundled library's own code makes it, such as a sign-in of a
 * cloud's client.
 * `metadata`: it goes to a cloud's service on the machine itself. `test`: it stands in a file of tests, fixtures or
 * examples.
 */
export interface Apart {
  why: "library" | "metadata" | "test";
  /** The library, where it is known. */
  name?: string;
}

/** Folders whose files a published program never loads. */
const NEVER_RUN = /(?:^|\/)(?:tests?|__tests__|__mocks__|fixtures?|__fixtures__|examples?|demos?|benchmarks?)\//i;
const TEST_FILE = /\.(?:test|spec|bench|stories)\.[cm]?[jt]sx?$/i;

/** Does a file lie where tests, examples and the like do, by its path alone? */
export const isSamplePath = (path: string): boolean => NEVER_RUN.test(path) || TEST_FILE.test(path);
