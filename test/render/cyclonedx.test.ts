import { readFile } from "node:fs/promises";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { describe, expect, test } from "vitest";
import type { Report } from "../../extractor/model/report.ts";
import { renderCycloneDx } from "../../extractor/render/cyclonedx.ts";
import { acme, endpoint, hostile, report } from "./report-fixture.ts";

interface Service {
  name: string;
  endpoints: string[];
  authenticated: boolean;
  "x-trust-boundary": boolean;
  provider?: { name: string };
  data: { flow: string; classification: string }[];
}
const servicesOf = (source: Report): Map<string, Service> =>
  new Map((JSON.parse(renderCycloneDx(source)).services as Service[]).map((service) => [service.name, service]));

const published = JSON.parse(
  await readFile(new URL("../../reports/claude-code/2.1.91.json", import.meta.url), "utf8"),
) as Report;

describe.each<[string, Report]>([
  ["an ordinary report", acme],
  ["an empty report", report()],
  ["a hostile report", hostile('\x1b[31m{0}[x](y)\\\u202e\ud800 %/../a b:\n<>"^`|')],
  ["a published report", published],
])("%s", (_what, source) => {
  test("the standard's strict schema takes it", async () => {
    const faults = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(renderCycloneDx(source));
    expect(faults).toBeNull();
  });

  test("each endpoint is in one service, and each service is what the package depends on", () => {
    const { services, dependencies } = JSON.parse(renderCycloneDx(source));
    expect(dependencies[0].dependsOn).toEqual(services.map((service: { "bom-ref": string }) => service["bom-ref"]));
    expect(new Set(dependencies[0].dependsOn).size).toBe(services.length);
    const addresses = services.flatMap((service: Service) => service.endpoints);
    expect(addresses).toHaveLength(new Set(source.endpoints.map(({ url }) => url)).size);
  });
});

test("a schema that is broken doesn't pass", async () => {
  const broken = renderCycloneDx(acme).replace('"inbound"', '"sideways"');
  const faults = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(broken);
  expect(faults).not.toBeNull();
});

test("what is sent flows into the service; over a socket it flows both ways; unknown stays unknown", () => {
  const services = servicesOf(
    report({
      endpoints: [
        endpoint({ url: "https://a.example/x", dataClasses: ["identity", "content"], headers: ["Authorization"] }),
        endpoint({ url: "wss://b.example/x", method: "WS", dataClasses: ["content"], vendor: "acme" }),
        endpoint({ url: "http://127.0.0.1:{port}/x" }),
        endpoint({ url: "{BASE}/x/{id}" }),
      ],
    }),
  );
  expect(services.get("a.example")).toMatchObject({
    authenticated: true,
    "x-trust-boundary": true,
    data: [
      { flow: "inbound", classification: "content" },
      { flow: "inbound", classification: "identity" },
    ],
  });
  expect(services.get("b.example")).toMatchObject({
    authenticated: false,
    provider: { name: "acme" },
    data: [{ flow: "bi-directional", classification: "content" }],
  });
  expect(services.get("127.0.0.1")).toMatchObject({
    "x-trust-boundary": false,
    data: [{ flow: "unknown", classification: "unclassified" }],
  });
  expect(services.get("{BASE}")?.endpoints).toEqual(["%7BBASE%7D/x/%7Bid%7D"]);
});

test("the component is the package that was read, by its hash", () => {
  const { component } = JSON.parse(renderCycloneDx(published)).metadata;
  expect(component.purl).toBe("pkg:npm/%40anthropic-ai/claude-code@2.1.91");
  expect(Buffer.from(component.hashes[0].content, "hex").toString("base64")).toBe(
    published.package.integrity!.slice(7),
  );
  const local = report();
  local.package.integrity = null;
  expect(JSON.parse(renderCycloneDx(local)).metadata.component).not.toHaveProperty("purl");
});
