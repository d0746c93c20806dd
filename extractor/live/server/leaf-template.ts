import { type KeyObject, sign } from "node:crypto";

/** SEQUENCE and BIT STRING of DER. */
const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
/** A SEQUENCE of 256 bytes or more has four bytes before its content, the last two of them its length. */
const HEADER = 4;
const PEM_COLUMNS = /.{1,64}/g;

/**
 * A certificate by which others are made: names of the same length and serial numbers are put in the place of its
 * own, and it is signed again. Encoding one from the beginning takes a hundred times as long.
 */
export class LeafTemplate {
  readonly #signed: Buffer;
  readonly #algorithm: Buffer;
  readonly #serialAt: number;
  readonly #namesAt: number[];
  readonly #key: KeyObject;

  /**
   * @param certificate DER, 256 bytes or longer
   * @param name that stands in it, as often as it has to
   * @param serial hexadecimal
   * @param key of who signs
   */
  constructor(certificate: Uint8Array, name: string, serial: string, key: KeyObject) {
    const bytes = Buffer.from(certificate);
    const end = HEADER + HEADER + bytes.readUInt16BE(HEADER + 2);
    this.#signed = bytes.subarray(HEADER, end);
    this.#algorithm = bytes.subarray(end, end + 2 + bytes[end + 1]!);
    this.#serialAt = this.#signed.indexOf(serial, 0, "hex");
    this.#namesAt = placesOf(name, this.#signed);
    this.#key = key;
  }

  /**
   * @param name as long as the template's
   * @param serial as long as the template's
   * @returns the certificate in PEM
   */
  issue(name: string, serial: string): string {
    const signed = Buffer.from(this.#signed);
    signed.write(serial, this.#serialAt, "hex");
    for (const at of this.#namesAt) signed.write(name, at, "latin1");
    const signature = sign("sha256", signed, this.#key);
    const content = Buffer.concat([
      signed,
      this.#algorithm,
      // no unused bits
      Buffer.from([BIT_STRING, signature.length + 1, 0]),
      signature,
    ]);
    const header = Buffer.from([SEQUENCE, 0x82, content.length >> 8, content.length & 0xff]);
    const lines = Buffer.concat([header, content]).toString("base64").match(PEM_COLUMNS) ?? [];
    return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
  }
}

function placesOf(name: string, bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + name.length)) places.push(at);
  return places;
}
