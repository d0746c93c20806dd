/**
 * The file is not what its format promises from `byte` on. Thrown by readers after everything before it was handed out;
 * the reader of captures turns it into a diagnostic, or into an error where nothing was read.
 */
export class CaptureDamage extends Error {
  override readonly name = "CaptureDamage";
  readonly byte: number;

  constructor(reason: string, byte: number) {
    super(reason);
    this.byte = byte;
  }
}
