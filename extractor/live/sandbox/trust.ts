import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

/** Where systems keep the bundle that programs trust. */
export const SYSTEM_BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The system's bundle (Node's own where there is none) with one more authority: some programs want it all in one
 * file.
 */
export const fullBundle = (authority: string): string =>
  `${systemBundle() ?? rootCertificates.join("\n")}\n${authority}`;

const systemBundle = (): string | null => SYSTEM_BUNDLES.map(textOf).find((text) => text !== null) ?? null;

/** Whom a person's own programs trust: Node's authorities, the system's, and those of the files that variables name. */
export const ownAuthorities = (environment: Readonly<Record<string, string>>): string =>
  [rootCertificates.join("\n"), systemBundle() ?? "", namedAuthorities(environment)].join("\n");

/** Those of the files that variables name, as companies do that look into their own traffic. */
export const namedAuthorities = ({ NODE_EXTRA_CA_CERTS, SSL_CERT_FILE }: Readonly<Record<string, string>>): string =>
  [NODE_EXTRA_CA_CERTS, SSL_CERT_FILE].map((path) => (path ? (textOf(path) ?? "") : "")).join("\n");

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trimEnd();
  } catch {
    return null;
  }
}

/**
 * No two runtimes agree on what they read: Node takes NODE_EXTRA_CA_CERTS alone (from version 24 the system's with a
 * switch), Rust and Go programs SSL_CERT_FILE or the system's bundle, Bun by version one or the other, git, curl,
 * Python and Deno their own.
 */
export const trustVariables = (authorityFile: string, bundleFile: string): Record<string, string> => ({
  NODE_EXTRA_CA_CERTS: authorityFile,
  NODE_USE_SYSTEM_CA: "1",
  SSL_CERT_FILE: bundleFile,
  CURL_CA_BUNDLE: bundleFile,
  GIT_SSL_CAINFO: bundleFile,
  REQUESTS_CA_BUNDLE: bundleFile,
  AWS_CA_BUNDLE: bundleFile,
  CARGO_HTTP_CAINFO: bundleFile,
  DENO_TLS_CA_STORE: "mozilla,system",
});
