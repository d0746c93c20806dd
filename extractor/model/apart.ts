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
