import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Findings, RequestFinding } from "../../extractor/model/finding.ts";
import { at, event, literal, report, request } from "./findings.ts";

const urls = (requests: Findings["requests"]) => report({ requests }).endpoints.map(({ url }) => url);

describe("identity", () => {
  test("holes, query, case of the host and a slash at the end make no other endpoint", () => {
    const { endpoints } = report({
      requests: [
        request("https://api.tool.dev/v1/items/{a}?x=1", { evidence: at(1) }),
        request("https://API.tool.dev/v1/items/{itemId}/", { evidence: at(2) }),
        request("https://api.tool.dev/v1/items/{itemId}?y={page}", { evidence: at(3) }),
      ],
    });
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]!.evidence.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(new URL(endpoints[0]!.url.replaceAll(/[{}]/g, "")).searchParams.has("x")).toBe(true);
    expect(endpoints[0]!.url).toContain("y={page}");
    expect(endpoints[0]!.id).toMatch(/^[0-9a-f]{8}$/);
  });

  test("method and kind do", () => {
    const { endpoints } = report({
      requests: [
        request("https://tool.dev/a"),
        request("https://tool.dev/a", { method: "POST" }),
        request("https://tool.dev/a", { kind: "browser" }),
      ],
    });
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(3);
  });

  test("is the same in another version with other names and places", () => {
    const id = (name: string, line: number) =>
      report({ requests: [request(`https://tool.dev/a/{${name}}`, { evidence: at(line) })] }).endpoints[0]!.id;
    expect(id("x", 1)).toBe(id("identifier", 900));
  });
});

describe("the same endpoint, seen with less luck", () => {
  test.each([
    ["https://tool.dev/repos//tags", "https://tool.dev/repos/{repo}/tags"],
    ["https://tool.dev/accounts/:sign", "https://tool.dev/accounts/{name}:sign"],
    ["https://tool.dev/v1//images", "https://tool.dev/v1/images"],
  ])("%s joins %s", (gap, whole) => {
    const { endpoints } = report({
      requests: [request(gap, { evidence: at(1) }), request(whole, { evidence: at(2) })],
    });
    expect(endpoints.map(({ url }) => url)).toEqual([whole]);
    expect(endpoints[0]!.evidence.map(({ line }) => line)).toEqual([1, 2]);
  });

  test("a host that nobody knows is never put in the place of one that has a name, however many paths it has", () => {
    const open = ["{base}/a", "{base}/b", "{base}/c"].map((each, i) => request(each, { evidence: at(5 + i) }));
    const requests = [
      request(["https://ours.dev/chat", "{base}/chat"], { evidence: at(1) }),
      request("{base}/chat", { evidence: at(1) }),
      ...open,
    ];
    const chat = report({ requests }).endpoints.filter(({ url }) => url.endsWith("/chat"));
    expect(chat.map(({ url, alternatives }) => [url, ...alternatives])).toEqual([
      ["https://ours.dev/chat", "{base}/chat"],
    ]);
  });

  test("a default joins what callers of the same sink put in its place, under the host that more requests go to", () => {
    const requests = [
      request(["https://ours.dev/eval", "https://theirs.dev/eval"], { evidence: at(1) }),
      request("https://theirs.dev/eval", { evidence: at(1) }),
    ];
    expect(urls([...requests, request("https://ours.dev/me", { evidence: at(2) })])).toEqual([
      "https://ours.dev/eval",
      "https://ours.dev/me",
    ]);
    const { endpoints } = report({ requests: [...requests, request("https://theirs.dev/me", { evidence: at(2) })] });
    expect(endpoints.map(({ url }) => url)).toEqual(["https://theirs.dev/eval", "https://theirs.dev/me"]);
    expect(endpoints[0]!.alternatives).toEqual(["https://ours.dev/eval"]);
    expect(urls([requests[0]!, request("https://theirs.dev/eval", { evidence: at(9) })])).toHaveLength(2);
  });

  test.each([
    ["https://tool.dev/runs/run_{piece}/end", "https://tool.dev/runs/{id}/end"],
    ["https://tool.dev/{repo}/compare/...{branch}?x=1", "https://tool.dev/{repo}/compare/{base}...{branch}?x=1"],
  ])("at one place, %s is an alternative of %s", (narrow, general) => {
    const moved = (url: string) => url.replace("https://tool.dev", "{env:TOOL_URL}");
    const requests = (line: number) => [
      request([narrow, moved(narrow)], { evidence: at(1) }),
      request([general, moved(general)], { evidence: at(line) }),
    ];
    const { endpoints } = report({ requests: requests(1) });
    expect(endpoints.map(({ url }) => url)).toEqual([general]);
    expect(endpoints[0]!.alternatives).toHaveLength(2);
    expect(endpoints[0]!.alternatives).toContain(narrow);
    expect(report({ requests: requests(2) }).endpoints).toHaveLength(2);
  });

  test.each([
    ["https://tool.dev/items", "https://tool.dev/{kind}"],
    ["https://tool.dev/a_{id}", "https://tool.dev/b_{id}"],
    ["https://tool.dev/{id}.json", "https://tool.dev/x{id}.xml"],
    ["https://tool.dev/{model}:count", "https://tool.dev/{model}"],
    ["https://tool.dev/a_{id}", "https://other.dev/{id}"],
    ["https://tool.dev/a_{id}/b", "https://tool.dev/{id}"],
  ])("at one place, %s and %s stay two", (one, other) => {
    expect(urls([request(one), request(other)])).toHaveLength(2);
  });

  test("a gap that nothing fills stays", () => {
    expect(urls([request("https://tool.dev/repos//tags"), request("https://tool.dev/repos")])).toHaveLength(2);
  });

  test("a configured address joins the endpoint that has it as an alternative; another variable's doesn't", () => {
    const { endpoints } = report({
      requests: [
        request(["https://tool.dev/x", "{env:TOOL_URL}/x"], { evidence: at(1) }),
        request("{env:TOOL_URL}/x", { evidence: at(2) }),
        request("{env:OTHER_URL}/x", { evidence: at(3) }),
      ],
    });
    expect(endpoints.map(({ url, evidence }) => [url, ...evidence.map(({ line }) => line)])).toEqual([
      ["https://tool.dev/x", 1, 2],
      ["{OTHER_URL}/x", 3],
    ]);
  });
});

describe("values of one argument", () => {
  test("other hosts are alternatives, other paths are other endpoints", () => {
    const { endpoints } = report({
      requests: [request(["https://a.tool.dev/x", "https://b.tool.dev/x", "https://a.tool.dev/y"])],
    });
    expect(endpoints.map(({ url, alternatives }) => [url, ...alternatives])).toEqual([
      ["https://a.tool.dev/x", "https://b.tool.dev/x"],
      ["https://a.tool.dev/y"],
    ]);
    expect(endpoints.map(({ confidence }) => confidence)).toEqual(["alternatives", "exact"]);
  });

  test("a known host goes before one from the environment", () => {
    const [endpoint] = report({ requests: [request(["{env:TOOL_URL}/x", "https://tool.dev/x"])] }).endpoints;
    expect(endpoint).toMatchObject({
      url: "https://tool.dev/x",
      alternatives: ["{TOOL_URL}/x"],
      holes: { TOOL_URL: { kind: "env" } },
    });
  });

  test("of hosts that are configured each variable is named, wherever it is told", () => {
    const { endpoints } = report({
      requests: [
        request(["{env:FIRST_URL}/x", "{env:SECOND_URL}/x", "{unknown:base}/x"], { evidence: at(1) }),
        request("{env:THIRD_URL}/x", { evidence: at(2) }),
      ],
    });
    expect(endpoints.map(({ url, alternatives }) => [url, ...alternatives])).toEqual([
      ["{FIRST_URL}/x", "{SECOND_URL}/x", "{THIRD_URL}/x"],
    ]);
    expect(endpoints[0]!.gates.map(({ name, effect }) => `${effect} ${name}`)).toEqual([
      "redirects FIRST_URL",
      "redirects SECOND_URL",
      "redirects THIRD_URL",
    ]);
  });

  test("a value that says nothing goes with each of the others", () => {
    const { endpoints } = report({
      requests: [request(["{flag:endpoint}", "https://tool.dev/x", "https://tool.dev/y"])],
    });
    expect(endpoints.map(({ url, alternatives }) => [url, ...alternatives])).toEqual([
      ["https://tool.dev/x", "{endpoint}"],
      ["https://tool.dev/y", "{endpoint}"],
    ]);
  });

  test("a path that is all hole stands for the spelled-out ones beside it", () => {
    expect(urls([request(["https://tool.dev/{path}", "https://tool.dev/x"])])).toEqual(["https://tool.dev/x"]);
    expect(urls([request(["https://tool.dev/{path}"])])).toEqual(["https://tool.dev/{path}"]);
  });
});

describe("what is no endpoint", () => {
  test("neither host nor path known: counted", () => {
    const { endpoints, diagnostics } = report({
      requests: [request("{url}", { evidence: at(7) }), request("https://{host}/{path}", { evidence: at(9) })],
    });
    expect(endpoints).toEqual([]);
    expect(diagnostics).toEqual([
      { kind: "sink-unresolved", count: 2, detail: "fetch at cli.js:7; fetch at cli.js:9" },
    ]);
  });

  test("nothing leaves: counted apart", () => {
    const { endpoints, diagnostics } = report({ requests: [request("data:text/plain,hi")] });
    expect(endpoints).toEqual([]);
    expect(diagnostics).toMatchObject([{ kind: "sink-local", count: 1 }]);
  });

  test("a path alone is one, of low standing", () => {
    expect(report({ requests: [request("{baseUrl}/token")] }).endpoints).toMatchObject([
      { url: "{baseUrl}/token", confidence: "partial", channel: "identity", vendor: null },
    ]);
  });
});

describe("holes", () => {
  test("different holes never share a name; minified names are replaced", () => {
    const [endpoint] = report({
      requests: [request("https://tool.dev/v1/{q}/{param:user id}/{env:user.id}/{response:q}/{q}/x")],
    }).endpoints;
    expect(endpoint!.url).toBe("https://tool.dev/v1/{value}/{user.id}/{user.id_2}/{answer}/{value}/x");
    expect(endpoint!.holes).toEqual({
      value: { kind: "param" },
      "user.id": { kind: "param" },
      "user.id_2": { kind: "env" },
      answer: { kind: "response" },
    });
  });

  test("what a part came about by is no name: where it stands tells what it is", () => {
    expect(
      urls([
        request(
          "https://{unknown:get}.tool.dev:{unknown:parseInt}/{unknown:any}/sessions/{unknown:toString}?limit={unknown:min}",
        ),
      ]),
    ).toEqual(["https://{subdomain}.tool.dev:{port}/{path}/sessions/{sessionId}?limit={limit}"]);
    expect(urls([request("https://tool.dev/sessions/{sid}/{unknown:slice}")])).toEqual([
      "https://tool.dev/sessions/{sid}/{unknown}",
    ]);
  });

  test("braces and slashes in a name cannot change the template", () => {
    const [endpoint] = report({
      requests: [
        { ...request("https://tool.dev/a"), urls: [["https://tool.dev/a/", { kind: "param", name: "}/../{" }]] },
      ],
    }).endpoints;
    expect(endpoint!.url).toBe("https://tool.dev/a/{value}");
  });

  test("of two readings the one that says more is printed", () => {
    const [endpoint] = report({
      requests: [request("https://tool.dev/a/{x1y}"), request("https://tool.dev/a/{env:TOOL_ID}", { evidence: at(2) })],
    }).endpoints;
    expect(endpoint!.holes).toEqual({ TOOL_ID: { kind: "env" } });
  });
});

test("headers, gates and data classes are joined", () => {
  const gate = { kind: "env", name: "TOOL_OFF", effect: "silences" } as const;
  const [endpoint] = report({
    requests: [
      request("https://tool.dev/a?email={e}", { headers: ["X-Key", "accept"], gates: [gate], method: "POST" }),
      request("https://tool.dev/a", {
        headers: ["x-key", "Accept"],
        gates: [gate],
        method: "POST",
        bodyFields: ["cwd"],
      }),
    ],
  }).endpoints;
  expect(endpoint).toMatchObject({
    headers: ["Accept", "X-Key"],
    gates: [gate],
    dataClasses: ["identity", "structural"],
  });
});

test("a vendor's path gets its channel, and what blocking it does", () => {
  const { endpoints } = report({
    requests: [request("https://http-intake.logs.us5.datadoghq.com/api/v2/logs", { method: "POST" })],
  });
  expect(endpoints).toMatchObject([{ vendor: "datadog", channel: "third-party-logs", ifBlocked: { effect: "safe" } }]);
});

test("a hole in the registrable domain belongs to nobody", () => {
  const { endpoints } = report({
    requests: ["https://logs.{site}/api/v2/logs", "https://x{y}datadoghq.com/a", "https://logs.datadoghq.{tld}/a"].map(
      (each) => request(each),
    ),
  });
  expect(endpoints.map(({ vendor }) => vendor)).toEqual([null, null, null]);
});

test("events: one per name, fields joined; a name without any text is counted", () => {
  const { events, diagnostics } = report({
    events: [
      event("app_start", { fields: ["b", "a"], evidence: at(3) }),
      event("app_start", { fields: ["c"], evidence: at(2) }),
      event("app_{x}", { evidence: at(4) }),
      event("app_{name}", { evidence: at(5) }),
      event("{anything}", { evidence: at(6) }),
    ],
  });
  expect(events.map(({ name, fields, evidence }) => [name, fields.join(), evidence.length])).toEqual([
    ["app_start", "a,b,c", 2],
    ["app_{name}", "", 2],
  ]);
  expect(diagnostics).toEqual([{ kind: "event-unresolved", count: 1, detail: "cli.js:6" }]);
});

test("environment: variables in URLs and gates influence their endpoints", () => {
  const found = report({
    requests: [
      request(["https://tool.dev/a", "{env:TOOL_URL}/a"], {
        gates: [{ kind: "env", name: "TOOL_OFF", effect: "silences" }],
      }),
    ],
    environment: ["TOOL_URL", "TOOL_OFF", "HOME"].map((name) => ({ name, evidence: at(1) })),
  });
  const id = found.endpoints[0]!.id;
  expect(found.environment.map(({ name, influences }) => [name, influences])).toEqual([
    ["HOME", []],
    ["TOOL_OFF", [id]],
    ["TOOL_URL", [id]],
  ]);
});

test("the order of findings makes no difference", () => {
  const findings: Findings = {
    requests: [
      request(["https://a.tool.dev/x?p=1", "https://b.tool.dev/x"], { headers: ["X-A"], evidence: at(1) }),
      request("https://a.tool.dev/x?q={n}", { headers: ["x-a", "B"], evidence: at(2) }),
      request("https://a.tool.dev/{id}", { evidence: at(3) }),
      request("https://a.tool.dev/{longer}", { evidence: at(3, "b.js") }),
    ],
    events: [event("a_{x}"), event("a_{longer}", { evidence: at(2) }), event("b")],
    secrets: [],
    environment: [
      { name: "B", evidence: at(2) },
      { name: "A", evidence: at(1) },
    ],
    urls: [literal("https://docs.tool.dev/"), literal("https://docs.tool.dev", { evidence: at(2) })],
  };
  const expected = JSON.stringify(report(findings));
  const shuffled = <T>(all: T[]) => fc.shuffledSubarray(all, { minLength: all.length });
  fc.assert(
    fc.property(
      shuffled(findings.requests),
      shuffled(findings.events),
      shuffled(findings.environment),
      shuffled(findings.urls),
      (requests, events, environment, literals) => {
        expect(JSON.stringify(report({ requests, events, environment, urls: literals }))).toBe(expected);
      },
    ),
    { numRuns: 50 },
  );
});

test("query members are joined by name", () => {
  expect(
    urls([request("https://tool.dev/a?x=1&y={q}"), request("https://tool.dev/a?x=2&z={r}", { evidence: at(2) })]),
  ).toEqual(["https://tool.dev/a?x=1&y={y}&z={z}"]);
});

test("hosts that are spelled out are counted once", () => {
  const { stats } = report({
    requests: [
      request("https://a.dev/x"),
      request("https://a.dev/y"),
      request("https://{r}.a.dev/z"),
      request("{u}/z"),
    ],
  });
  expect(stats).toMatchObject({ endpoints: 4, hosts: 1 });
});

describe("strings of native code, which nobody saw requested", () => {
  const unseen = (text: string): RequestFinding =>
    request(text, { method: "ANY", isUnseen: true, headers: ["x-tool-key"], evidence: at(9) });
  const listed = (...requests: RequestFinding[]) =>
    report({ requests }).endpoints.map(({ method, url: address, evidence }) => [method, address, evidence.length]);

  test("are listed where nothing else is known", () =>
    expect(listed(unseen("https://api.tool.dev/v1/items"))).toEqual([["ANY", "https://api.tool.dev/v1/items", 1]]));

  test("add to the endpoint that a call goes to, and are none of their own", () => {
    const called = request("https://api.tool.dev/v1/items", { method: "POST" });
    expect(listed(unseen("https://api.tool.dev/v1/items/"), called)).toEqual([
      ["POST", "https://api.tool.dev/v1/items", 2],
    ]);
    expect(report({ requests: [unseen("https://api.tool.dev/v1/items"), called] }).endpoints[0]?.headers).toContain(
      "x-tool-key",
    );
  });

  test("are no endpoints where they are surely something else, but a call's URL is one", () => {
    for (const reference of ["http://www.w3.org/2000/svg", "https://docs.tool.dev/guide"]) {
      expect(listed(unseen(reference)), reference).toEqual([]);
      expect(listed(request(reference)), reference).toHaveLength(1);
    }
  });
});
