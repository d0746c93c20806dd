/** Fields of a form: a document name -> value, or an array of values where a name comes twice. */
export function parseForm(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

/** Names of the parts of a multipart body; the parts themselves are files, and not read. */
export function multipartNames(bytes: Buffer): Record<string, unknown> {
  const names: Record<string, unknown> = Object.create(null);
  const pattern = /content-disposition:[^\r\n]{0,500}?\bname="([^"\r\n]{1,200})"/gi;
  for (const [, name] of bytes.toString("latin1").matchAll(pattern)) names[name!] = null;
  return names;
}
