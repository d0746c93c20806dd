import "reflect-metadata";
import { KeyObject, randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { registeredDomain } from "../../url/registrable.ts";
import { LeafTemplate } from "./leaf-template.ts";
import { Recent } from "./recent.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;
/** Some clients refuse leaves that are valid for longer than 398 days. */
const DAYS = 90;
/** A certificate's common name has at most 64 characters; the alternative name counts anyway. */
const MAX_COMMON_NAME = 64;
/** Names whose certificates differ in nothing else. Shorter ones could stand in a certificate by chance. */
const BELOW_DOMAIN = /^\*\.[\w.-]{4,62}$/;
/** Certificates, and contexts for handshakes, that are kept. */
const MOST_KEPT = 1000;

type Keys = webcrypto.CryptoKeyPair;

/** In PEM; the certificate is followed by its authority's. */
export interface KeyAndCertificate {
  key: string;
  cert: string;
}

/** A certificate authority that lives as long as one run and signs for whatever name a program asks for. */
export class Authority {
  /** What programs of the run have to trust. */
  readonly pem: string;
  readonly #certificate: X509Certificate;
  readonly #authorityKeys: Keys;
  readonly #leafKeys: Keys;
  readonly #leafKeyPem: string;
  /** By the length of the name a certificate is made out to. */
  readonly #templates = new Map<number, Promise<LeafTemplate>>();
  /** By the name a certificate is made out to. */
  readonly #issued = new Recent<Promise<KeyAndCertificate>>(MOST_KEPT);
  readonly #contexts = new Recent<Promise<SecureContext>>(MOST_KEPT);

  private constructor(certificate: X509Certificate, authorityKeys: Keys, leafKeys: Keys) {
    this.#certificate = certificate;
    this.#authorityKeys = authorityKeys;
    this.#leafKeys = leafKeys;
    this.#leafKeyPem = KeyObject.from(leafKeys.privateKey).export({ type: "pkcs8", format: "pem" }).toString();
    this.pem = `${certificate.toString("pem")}\n`;
  }

  static async create(): Promise<Authority> {
    cryptoProvider.set(webcrypto);
    const [keys, leafKeys] = await Promise.all([newKeys(), newKeys()]);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name: "CN=capture of one run, O=endpoint-extractor",
      ...validity(),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 1, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new Authority(certificate, keys, leafKeys);
  }

  /** Key and certificate for a host name or an address. */
  keysFor(host: string): Promise<KeyAndCertificate> {
    const name = certificateName(host);
    return this.#issued.of(name, () => this.#issue(name));
  }

  /** The same, ready for handshakes. */
  contextFor(host: string): Promise<SecureContext> {
    return this.#contexts.of(certificateName(host), () => this.keysFor(host).then(createSecureContext));
  }

  async #issue(name: string): Promise<KeyAndCertificate> {
    const leaf = BELOW_DOMAIN.test(name)
      ? (await this.#templateOf(name.length)).issue(name.slice(2), serial())
      : (await this.#encode(name, serial())).toString("pem");
    return { key: this.#leafKeyPem, cert: `${leaf}\n${this.pem}` };
  }

  #templateOf(length: number): Promise<LeafTemplate> {
    const known = this.#templates.get(length) ?? this.#makeTemplate("x".repeat(length - 2));
    this.#templates.set(length, known);
    return known;
  }

  async #makeTemplate(domain: string): Promise<LeafTemplate> {
    const number = serial();
    const leaf = await this.#encode(`*.${domain}`, number);
    const key = KeyObject.from(this.#authorityKeys.privateKey);
    return new LeafTemplate(new Uint8Array(leaf.rawData), domain, number, key);
  }

  #encode(name: string, serialNumber: string): Promise<X509Certificate> {
    return X509CertificateGenerator.create({
      serialNumber,
      subject: [{ CN: [name.slice(0, MAX_COMMON_NAME)] }],
      issuer: this.#certificate.subject,
      ...validity(),
      publicKey: this.#leafKeys.publicKey,
      signingKey: this.#authorityKeys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(alternatives(name)),
      ],
    });
  }
}

/**
 * What a host's certificate is made out to. A wildcard stands for one label, and none for all names that anybody can
 * register:
 * `api.example.com` → `*.example.com`, `example.com` → `*.example.com`, `example.co.uk` → `*.example.co.uk`, `lab` →
 * `lab`.
 */
export function certificateName(host: string): string {
  const name = host.toLowerCase();
  const domain = isIP(name) === 0 ? registeredDomain(name) : null;
  if (domain === null) return name;
  return `*.${name === domain ? domain : name.slice(name.indexOf(".") + 1)}`;
}

/** A wildcard does not stand for the name that it stands below. */
function alternatives(name: string): JsonGeneralName[] {
  if (isIP(name) !== 0) return [{ type: "ip", value: name }];
  const names = name.startsWith("*.") ? [name, name.slice(2)] : [name];
  return names.map((value) => ({ type: "dns", value }));
}

const newKeys = async (): Promise<Keys> =>
  (await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])) as Keys;

/** Positive, as the standard wants it. */
const serial = (): string => `01${randomBytes(15).toString("hex")}`;

/** A day back, for clocks that differ. */
const validity = () => ({ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAYS * DAY) });
