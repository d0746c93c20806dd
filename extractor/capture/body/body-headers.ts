import { firstHeader, type Headers } from "../headers.ts";

/** What headers say about a body. */
export interface BodyHeaders {
  /** content-type, may be empty. */
  type: string;
  /** content-encoding. */
  encoding: string | null;
  /** Of the messages inside an RPC stream; null where they aren't packed, or nothing says how. */
  messageEncoding: string | null;
}

/** @param type where the recorder kept it beside the headers */
export const bodyHeaders = (headers: Headers, type = ""): BodyHeaders => ({
  type: type || (firstHeader(headers, "content-type") ?? ""),
  encoding: firstHeader(headers, "content-encoding"),
  messageEncoding: firstHeader(headers, "grpc-encoding") ?? firstHeader(headers, "connect-content-encoding"),
});
