/** More parts than a form of a program has; each costs a look at its head. */
const MAX_PARTS = 1000;
const MAX_HEAD_BYTES = 4096;
const NAME = /\bcontent-disposition:[^\r\n]{0,500}?[;\s]name="([^"\r\n]{1,200})"/i;
const IS_FILE = /\bcontent-disposition:[^\r\n]{0,500}?[;\s]filename\*?=/i;
const IS_JSON = /\bcontent-type:\s*application\/(?:[\w.+-]*\+)?json\b/i;

/**
 * Fields of a multipart body: a document name -> text. A part that is a file is null, unless it says that it is JSON:
 * telemetry is uploaded so. The boundary is the body's own first line, since recorders lose the one in the header.
 */
export function multipartFields(bytes: Buffer): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  const end = bytes.indexOf("\r\n");
  if (end < 3 || !bytes.subarray(0, 2).equals(Buffer.from("--"))) return fields;
  const boundary = bytes.subarray(0, end);
  let at = end + 2;
  for (let parts = 0; parts < MAX_PARTS; parts++) {
    const next = bytes.indexOf(boundary, at);
    const part = bytes.subarray(at, next === -1 ? bytes.length : Math.max(at, next - 2));
    const blank = part.subarray(0, MAX_HEAD_BYTES).indexOf("\r\n\r\n");
    const head = part.toString("latin1", 0, Math.max(0, blank));
    const name = NAME.exec(`\n${head}`)?.[1];
    const isText = !IS_FILE.test(head) || IS_JSON.test(head);
    if (name !== undefined) fields[name] = isText ? part.toString("utf8", blank + 4) : null;
    if (next === -1) break;
    at = next + boundary.length + 2;
  }
  return fields;
}
