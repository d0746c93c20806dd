import { firstHeader, type Headers } from "../headers.ts";

/** What headers say about a body. */
export interface BodyHeaders {
  /** content-type, may be empty. */
  type: string;
  /** content-encoding. */
  encoding: string | null;
  /** Of the messages inside an RPC stream; null where they aren't packed, or nothing says how. */
  messageEncoding: string | null;
  /** Bytes that were sent, as far as anybody says; 0 where nobody does. */
  length: number;
}

/** @param beside what the recorder kept beside the headers: type and bytes of the body */
export const bodyHeaders = (headers: Headers, beside: { type?: string; length?: number } = {}): BodyHeaders => ({
  type: beside.type || (firstHeader(headers, "content-type") ?? ""),
  encoding: firstHeader(headers, "content-encoding"),
  length: Math.max(beside.length ?? 0, Number(firstHeader(headers, "content-length") ?? 0) || 0),
  messageEncoding: firstHeader(headers, "grpc-encoding") ?? firstHeader(headers, "connect-content-encoding"),
});
