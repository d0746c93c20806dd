/** Writes the blob of a Node single executable application. */
export function seaBlob(options: {
  code: Buffer;
  codePath?: string;
  flags?: number;
  /** One byte between flags and strings, as Node 24 has it. */
  extra?: boolean;
  codeCache?: Buffer;
  assets?: Record<string, Buffer>;
}): Buffer {
  const { code, codePath = "/build/main.js", extra = false, codeCache, assets } = options;
  const flags = options.flags ?? (codeCache === undefined ? 0 : 4) | (assets === undefined ? 0 : 8);
  const parts: Buffer[] = [];
  const number = (value: number) => {
    const field = Buffer.alloc(8);
    field.writeBigUInt64LE(BigInt(value));
    parts.push(field);
  };
  const text = (bytes: Buffer) => {
    number(bytes.length);
    parts.push(bytes);
  };
  const head = Buffer.alloc(extra ? 9 : 8);
  head.writeUInt32LE(0x0143da20, 0);
  head.writeUInt32LE(flags, 4);
  parts.push(head);
  text(Buffer.from(codePath));
  text(code);
  if (codeCache !== undefined) text(codeCache);
  if (assets !== undefined) {
    number(Object.keys(assets).length);
    for (const [name, bytes] of Object.entries(assets)) {
      text(Buffer.from(name));
      text(bytes);
    }
  }
  return Buffer.concat(parts);
}
