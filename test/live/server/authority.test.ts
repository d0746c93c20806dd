import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Authority } from "../../../extractor/live/server/authority.ts";

const LONGEST = `${"l".repeat(63)}.${"m".repeat(63)}.example.com`;

describe("certificates of a run", () => {
  test.each([
    ["api.example.com", ["api.example.com", "other.example.com", "example.com"], ["a.b.example.com", "example.org"]],
    ["example.co.uk", ["example.co.uk", "www.example.co.uk"], ["co.uk", "other.co.uk"]],
    ["a.io", ["a.io", "b.a.io"], ["b.io"]],
    ["lab", ["lab"], ["a.lab"]],
    [LONGEST, [LONGEST, LONGEST.replace(/^l+/, "k")], ["example.com"]],
    ["xx.xxxx.com", ["xx.xxxx.com", "xxxx.com"], ["xxxx.xxxx"]],
  ])("%s: taken for the names beside it, and for no other", async (host, taken, refused) => {
    const authority = await Authority.create();
    const certificate = new X509Certificate((await authority.keysFor(host)).cert);
    const issuer = new X509Certificate(authority.pem);
    expect(certificate.checkIssued(issuer)).toBe(true);
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(taken.filter((name) => certificate.checkHost(name) === undefined)).toEqual([]);
    expect(refused.filter((name) => certificate.checkHost(name) !== undefined)).toEqual([]);
  });

  test("an address is named as one", async () => {
    const authority = await Authority.create();
    const certificate = new X509Certificate((await authority.keysFor("203.0.113.7")).cert);
    expect(certificate.checkIP("203.0.113.7")).toBe("203.0.113.7");
  });

  test("names of one length share no more than the length", async () => {
    const authority = await Authority.create();
    const hosts = Array.from({ length: 50 }, (_, i) => `h${i + 10}.com`);
    const certificates = await Promise.all(
      hosts.map(async (host) => new X509Certificate((await authority.keysFor(host)).cert)),
    );
    expect(new Set(certificates.map(({ serialNumber }) => serialNumber)).size).toBe(hosts.length);
    expect(certificates.map(({ subject }) => subject)).toEqual(hosts.map((host) => `CN=*.${host}`));
    expect(certificates.map(({ subjectAltName }) => subjectAltName)).toEqual(
      hosts.map((host) => `DNS:*.${host}, DNS:${host}`),
    );
  });

  test("what is asked for again is made once, and what was not asked for longest is forgotten", async () => {
    const authority = await Authority.create();
    const context = await authority.contextFor("www.first.com");
    const [used, unused] = [await authority.keysFor("used.com"), await authority.keysFor("unused.com")];
    for (let i = 0; i < 1000; i++) {
      await authority.keysFor(`n${i}.com`);
      await authority.keysFor("used.com");
    }
    expect(await authority.contextFor("api.first.com")).toBe(context);
    expect(await authority.keysFor("used.com")).toBe(used);
    expect(await authority.keysFor("unused.com")).not.toBe(unused);
  });
});
