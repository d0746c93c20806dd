/** A tar entry as no packer would write it. */
export interface RawEntry {
  name: string;
  /** ustar type flag; default a regular file. */
  type?: "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "g" | "x" | "Z";
  link?: string;
  body?: string | Buffer;
  /** Announced size where it isn't the body's. */
  size?: number;
  /** Break the header's checksum. */
  badChecksum?: boolean;
}

const BLOCK = 512;

/** Entries in the given order, with the two empty blocks at the end unless `endMark` is false. */
export function rawTar(entries: RawEntry[], options: { endMark?: boolean } = {}): Buffer {
  const end = options.endMark === false ? [] : [Buffer.alloc(2 * BLOCK)];
  return Buffer.concat([...entries.map(rawEntry), ...end]);
}

/** A `pax` header that gives the next entry any name whatsoever. */
export function paxPath(name: string): RawEntry {
  const record = ` path=${name}\n`;
  let length = Buffer.byteLength(record);
  while (`${length}${record}`.length !== length) length++;
  return { name: "PaxHeader/x", type: "x", body: `${length}${record}` };
}

function rawEntry({ name, type = "0", link = "", body = "", size, badChecksum = false }: RawEntry): Buffer {
  const content = Buffer.from(body);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${(size ?? content.length).toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0) + (badChecksum ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding]);
}
