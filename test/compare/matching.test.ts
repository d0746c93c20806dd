import { describe, expect, test } from "vitest";
import { check, exchange, verdicts } from "./check.ts";
import { endpoint, holes, report } from "./report.ts";

/** Verdict of one request against one endpoint. */
function verdictOf(
  predicted: ReturnType<typeof endpoint>,
  method: string,
  url: string,
  agent: string | null = "axios/1.13.6",
): string {
  return check(report([predicted]), [exchange(method, url, { agent })]).observed[0]!.verdict;
}

describe("paths", () => {
  const cases: [template: string, url: string, fits: boolean][] = [
    ["https://api.example.com/v1/users", "https://api.example.com/v1/users", true],
    ["https://api.example.com/v1/users", "https://api.example.com/v1/users/", true],
    ["https://api.example.com/v1/users", "https://API.example.com:443/v1/users?page=2", true],
    ["https://api.example.com/v1/users", "https://api.example.com/v1", false],
    ["https://api.example.com/v1/users", "https://api.example.com/v1/users/7", false],
    ["https://api.example.com/v1/users", "https://api.example.com:8443/v1/users", false],
    ["https://api.example.com/v1/users", "https://api.example.com.evil.net/v1/users", false],
    ["https://api.example.com/v1/users/{id}", "https://api.example.com/v1/users/7", true],
    ["https://api.example.com/v1/{a}/x", "https://api.example.com/v1/b/c/x", false],
    ["https://api.example.com/files/{path}", "https://api.example.com/files/a/b/c.txt", true],
    ["https://api.example.com/files/{request.filePath}", "https://api.example.com/files/a/b/c.txt", true],
    ["https://api.example.com/files/{id}", "https://api.example.com/files/a/b/c.txt", false],
    ["https://api.example.com/repos/{owner}/{name}", "https://api.example.com/repos/a/b", true],
    ["https://api.example.com/repos/{owner}/{name}", "https://api.example.com/repos/a/b/secrets", false],
    ["https://api.example.com/repos/{slug}/internal/index", "https://api.example.com/repos/a/b/internal/index", true],
    [
      "https://api.example.com/repos/{slug}/internal/index",
      "https://api.example.com/repos/a/b/c/internal/index",
      false,
    ],
    ["https://api.example.com/repos/{slug}/index", "https://api.example.com/repos/a/b/index", false],
    ["https://api.example.com/api/v1{more}", "https://api.example.com/api/v1/models", true],
    ["https://api.example.com/api/v1{more}", "https://api.example.com/api/v1/models/one", false],
    ["https://api.example.com/{apiVersion}/files", "https://api.example.com/v1beta/files", true],
    ["https://api.example.com/{apiVersion}/files", "https://api.example.com/2024-10-21/files", true],
    ["https://api.example.com/{API_VERSION}/files", "https://api.example.com/orchard/files", false],
    ["https://api.example.com/tool/{latestVersion}", "https://api.example.com/tool/1.2.3-beta.1", true],
    ["https://api.example.com/tool/{latestVersion}", "https://api.example.com/tool/latest", true],
    ["https://api.example.com/tool/{latestVersion}", "https://api.example.com/tool/lantern", false],
    ["https://api.example.com/tool/{version}/get", "https://api.example.com/tool/%7Bversion%7D/get", true],
    [
      "https://api.example.com/jobs/{job.uuid}",
      "https://api.example.com/jobs/0f5c2b1e-1111-4222-8333-444455556666",
      true,
    ],
    ["https://api.example.com/jobs/{job.uuid}", "https://api.example.com/jobs/walnut", false],
    ["https://api.example.com/conversion/{conversion}", "https://api.example.com/conversion/walnut", true],
    ["https://api.example.com/a/b/c/d/{owner}/{name}", "https://api.example.com/a/b/c/d/one/two", true],
    ["https://api.example.com/a/b/c/d/{owner}/{name}", "https://api.example.com/a/b/c/d/one/two/three", false],
    ["https://api.example.com/{path}", "https://api.example.com/a", true],
    ["https://api.example.com/{path}", "https://api.example.com/a/b", false],
    ["https://api.example.com{path}", "https://api.example.com/secret/upload", false],
    ["https://api.example.com/v1/items{query}", "https://api.example.com/v1/items?x=1", true],
    ["https://api.example.com/v1/messages?beta=true", "https://api.example.com/v1/messages?beta=true", true],
    ["https://api.example.com//list", "https://api.example.com/list", true],
    ["https://api.example.com/api/list", "https://api.example.com/api//list", true],
    ["https://registry.example.com/@scope%2Fname", "https://registry.example.com/@scope%2fname", true],
    ["https://registry.example.com/@scope/name", "https://registry.example.com/@scope%2fname", true],
    ["https://{region}.example.com/v1/logs", "https://us5.example.com/v1/logs", true],
    ["https://{region}.example.com/v1/logs", "https://us5.example.net/v1/logs", false],
    ["https://api.example.com/a.b", "https://api.example.com/aXb", false],
    ["https://api.example.com/", "https://api.example.com/", true],
    ["https://api.example.com", "https://api.example.com/", true],
    ["http://localhost:{port}/callback", "http://localhost:5173/callback", true],
  ];
  test.each(cases)("%s %s %s", (template, url, fits) => {
    expect(verdictOf(endpoint("POST", template), "POST", url)).toBe(fits ? "predicted" : "unpredicted");
  });
});

describe("a template whose host is open", () => {
  const TOOL = "some-tool/1.0";
  const cases: [template: string, url: string, fits: boolean][] = [
    ["{base}/v1/messages", "https://anything.example.net/v1/messages", true],
    ["{base}/v1/messages", "https://anything.example.net/team/v1/messages", true],
    ["{base}/v1/messages", "https://anything.example.net/a/b/c/v1/messages", false],
    ["{base}/v1/messages", "https://anything.example.net/v1/other", false],
    ["{base}/register", "https://anything.example.net/register", true],
    ["{base}/register", "https://anything.example.net/team/register", false],
    ["https://api.{domain}/v1/messages", "https://api.example.net/v1/messages", true],
    ["{base}/x", "https://anything.example.net/x", false],
    ["{url}", "https://anything.example.net/x", false],
  ];
  test.each(cases)("%s %s %s for the tool", (template, url, fits) => {
    const [row] = check(report([endpoint("POST", template)]), [exchange("POST", url, { agent: TOOL })]).observed;
    expect(row).toMatchObject(fits ? { verdict: "predicted", fit: { kind: "open-host" } } : { verdict: "unpredicted" });
  });

  test.each(cases)("%s %s never makes a stranger's request the tool's", (template, url) => {
    const [row] = check(report([endpoint("POST", template)]), [exchange("POST", url)]).observed;
    expect(row).toMatchObject({ verdict: "unpredicted", sender: { kind: "unknown" } });
  });

  test("may stand below a base path with one word alone where the report has the host", () => {
    const known = endpoint("GET", "https://api.example.com/v1/users");
    const open = endpoint("POST", "{base}/responses");
    const sent = ["https://api.example.com/v1/responses", "https://else.example.net/v1/responses"].map((url) =>
      exchange("POST", url, { agent: TOOL }),
    );
    expect(check(report([known, open]), sent).observed.map(({ verdict }) => verdict)).toEqual([
      "predicted",
      "unpredicted",
    ]);
  });

  test("fits the requests that carry the tool's own key", () => {
    const known = endpoint("POST", "https://api.example.com/v1/events");
    const open = endpoint("POST", "{base}/v1/messages");
    const headers = { authorization: ["Bearer abcdefgh"] };
    const result = check(report([known, open]), [
      exchange("POST", "https://own.example.net/v1/messages", { headers }),
      exchange("POST", known.url, { headers }),
    ]);
    expect(result.fired.sort()).toEqual([known.id, open.id].sort());
  });

  test.each([
    ["response", "server-supplied", "unknown host; an answer could have named it"],
    ["flag", "server-supplied", "unknown host; the remote flag where could have named it"],
    ["config", "user-configured", "unknown host; where could be the reason"],
    ["env", "unpredicted", "unknown host; where could be the reason"],
    ["argument", "predicted", "unknown host; it fits POST {where}/telemetry"],
    ["unknown", "predicted", "unknown host; it fits POST {where}/telemetry"],
  ] as const)("from a hole of kind %s is %s for the tool, else: %s", (kind, verdict, why) => {
    const one = report([endpoint("POST", "{where}/telemetry", { holes: holes({ where: kind }) })]);
    const row = (agent: string) =>
      check(one, [exchange("POST", "https://t.example.net/telemetry", { agent })]).observed[0]!;
    expect(row(TOOL).verdict).toBe(verdict);
    expect(row("axios/1.13.6")).toMatchObject({ verdict: "unpredicted", why });
  });
});

test("each row says how much its template says, and the summary counts them", () => {
  const endpoints = [
    endpoint("GET", "https://api.example.com/a"),
    endpoint("ANY", "https://api.example.com/b"),
    endpoint("GET", "https://api.example.com/c/{x}/{y}"),
    endpoint("GET", "{base}/long/path"),
    endpoint("GET", "https://{region}.example.com/d"),
  ];
  const urls = ["https://api.example.com/a", "https://api.example.com/b", "https://api.example.com/c/1/2"];
  const result = check(
    report(endpoints),
    [...urls, "https://else.example.net/long/path", "https://eu.example.com/d"].map((url) =>
      exchange("GET", url, { agent: "some-tool/1.0" }),
    ),
  );
  expect(Object.fromEntries(result.observed.map(({ url, fit }) => [url, `${fit?.kind} ${fit?.holes}`]))).toEqual({
    "https://api.example.com/a": "exact 0",
    "https://api.example.com/b": "any-method 0",
    "https://api.example.com/c/1/2": "path-holes 2",
    "https://else.example.net/long/path": "open-host 0",
    "https://eu.example.com/d": "exact 0",
  });
  expect(result.summary.predicted).toEqual({ exact: 2, "any-method": 1, "path-holes": 1, "open-host": 1 });
  expect(result.summary.onKnownHosts).toEqual({ fired: 3, of: 3 });
});

describe("methods", () => {
  test.each([
    ["POST", "POST", "predicted"],
    ["POST", "GET", "unpredicted"],
    ["ANY", "DELETE", "predicted"],
    ["GET", "HEAD", "predicted"],
    ["POST", "OPTIONS", "predicted"],
    ["WS", "WS", "predicted"],
    ["WS", "GET", "predicted"],
    ["WS", "POST", "unpredicted"],
    ["POST", "WS", "predicted"],
    ["POST", "ANY", "predicted"],
  ] as const)("%s for %s: %s", (predicted, observed, verdict) => {
    expect(
      verdictOf(endpoint(predicted, "https://api.example.com/v1/x"), observed, "https://api.example.com/v1/x"),
    ).toBe(verdict);
  });

  test("a websocket template fits whatever the scheme is called", () => {
    expect(verdictOf(endpoint("WS", "wss://api.example.com/live"), "WS", "https://api.example.com/live")).toBe(
      "predicted",
    );
    expect(verdictOf(endpoint("WS", "wss://api.example.com/live"), "WS", "wss://api.example.com/live")).toBe(
      "predicted",
    );
  });
});

test("the most specific template wins", () => {
  const exact = endpoint("GET", "https://api.example.com/v1/users/me");
  const byId = endpoint("GET", "https://api.example.com/v1/users/{id}");
  const any = endpoint("ANY", "https://api.example.com/v1/users/me");
  const open = endpoint("GET", "{base}/v1/users/me");
  const result = check(report([open, any, byId, exact]), [
    exchange("GET", "https://api.example.com/v1/users/me"),
    exchange("GET", "https://api.example.com/v1/users/8"),
    exchange("PUT", "https://api.example.com/v1/users/me"),
    exchange("GET", "https://other.example.net/v1/users/me", { agent: "some-tool/1.0" }),
  ]);
  expect(verdicts(result).sort()).toEqual(
    [
      `GET https://api.example.com/v1/users/8 predicted ${byId.id}`,
      `GET https://api.example.com/v1/users/me predicted ${exact.id}`,
      `GET https://other.example.net/v1/users/me predicted ${open.id}`,
      `PUT https://api.example.com/v1/users/me predicted ${any.id}`,
    ].sort(),
  );
});

test("any method of any path of a host is no request in particular", () => {
  const anything = endpoint("ANY", "https://api.example.com/{value}");
  expect(verdictOf(anything, "POST", "https://api.example.com/thing")).toBe("unpredicted");
  // a client with a method for each
  const post = endpoint("POST", "https://api.example.com/{value}");
  const both = check(report([anything, post]), [exchange("POST", "https://api.example.com/thing")]);
  expect(both.observed.map(({ verdict }) => verdict)).toEqual(["unpredicted"]);
  expect(verdictOf(post, "POST", "https://api.example.com/thing")).toBe("predicted");
});

test("alternatives of an endpoint count as the endpoint", () => {
  const one = endpoint("POST", "https://a.example.com/log", { alternatives: ["https://b.example.com/log"] });
  expect(check(report([one]), [exchange("POST", "https://b.example.com/log")]).fired).toEqual([one.id]);
});

test("a hole may hold several segments where the template says enough, and another template does not fit as it stands", () => {
  const memory = endpoint("GET", "https://api.example.com/agents/internal/memory/v0/{name}/enabled?limit={limit}");
  const owned = endpoint("GET", "https://api.example.com/agents/internal/memory/v0/{owner}/settings/enabled");
  const result = check(report([memory, owned]), [
    exchange("GET", "https://api.example.com/agents/internal/memory/v0/someone/repo/enabled"),
    exchange("GET", "https://api.example.com/agents/internal/memory/v0/someone/settings/enabled"),
    exchange("GET", "https://api.example.com/agents/internal/memory/v0/enabled"),
    exchange("GET", "https://api.example.com/agents/internal/memory/v0/a/b/c/d/e/enabled"),
  ]);
  expect(verdicts(result)).toEqual([
    "GET https://api.example.com/agents/internal/memory/v0/a/b/c/d/e/enabled unpredicted",
    "GET https://api.example.com/agents/internal/memory/v0/enabled unpredicted",
    `GET https://api.example.com/agents/internal/memory/v0/someone/repo/enabled predicted ${memory.id}`,
    `GET https://api.example.com/agents/internal/memory/v0/someone/settings/enabled predicted ${owned.id}`,
  ]);
});

test("so may one of a template whose host is open, on a host that the report has", () => {
  const user = endpoint("GET", "https://api.example.com/user");
  const index = endpoint("ANY", "{base}/repos/{name}/internal/embeddings");
  const agent = "tool/1.0";
  const signed = { headers: { "user-agent": [agent], authorization: ["Bearer one"] }, agent };
  const result = check(report([user, index], { tool: "some-tool" }), [
    exchange("GET", "https://api.example.com/user", signed),
    exchange("GET", "https://api.example.com/repos/someone/repo/internal/embeddings", signed),
    exchange("GET", "https://other.example.net/repos/someone/repo/internal/embeddings", signed),
  ]);
  expect(verdicts(result)).toEqual([
    `GET https://api.example.com/repos/someone/repo/internal/embeddings predicted ${index.id}`,
    `GET https://api.example.com/user predicted ${user.id}`,
    "GET https://other.example.net/repos/someone/repo/internal/embeddings unpredicted",
  ]);
});

test("a hole before a verb may hold several segments, before other words it may not", () => {
  const verb = endpoint("POST", "https://api.example.com/{any}:generateReport");
  const word = endpoint("POST", "https://api.example.com/{any}/reports");
  const result = check(report([verb, word]), [
    exchange("POST", "https://api.example.com/v1/models/large:generateReport"),
    exchange("POST", "https://api.example.com/v1/models/reports"),
  ]);
  expect(verdicts(result)).toEqual([
    `POST https://api.example.com/v1/models/large:generateReport predicted ${verb.id}`,
    "POST https://api.example.com/v1/models/reports unpredicted",
  ]);
});

test("the template that fits is named, not the first of its endpoint", () => {
  const one = endpoint("POST", "https://cdn.example.com/eval", { alternatives: ["{host}/eval/flags"] });
  const sent = exchange("POST", "https://x.example.net/eval/flags", { agent: "some-tool/1.0" });
  expect(check(report([one]), [sent]).observed[0]!.why).toBe("fits POST {host}/eval/flags");
});

describe("hosts that answers of the capture name", () => {
  const user = endpoint("GET", "https://api.example.com/user");
  const told = exchange("GET", "https://api.example.com/user", {
    response: { headers: {}, text: '{"endpoints":{"api":"https://own.example.net"}}' },
  });

  test("explain an open host better than a variable that may be set, and no program of another kind", () => {
    const open = endpoint("GET", "{BASE_URL}/agents/models", { holes: holes({ BASE_URL: "env" }) });
    const models = (agent: string) => exchange("GET", "https://own.example.net/agents/models", { agent });
    const row = (agent: string) =>
      check(report([user, open]), [told, models(agent)]).observed.find(({ url }) => url.includes("own"))!;
    expect(row("axios/1.13.6")).toMatchObject({
      verdict: "server-supplied",
      endpoint: open.id,
      why: "host named in the answer of GET https://api.example.com/user",
    });
    expect(row("git/2.39.5")).toMatchObject({ verdict: "child-process" });
  });

  test("or paths: what a remote flag puts in an endpoint's place, by its whole path and for the tool alone", () => {
    const flags = endpoint("POST", "https://api.example.com/eval", { channel: "feature-flags" });
    const batch = endpoint("POST", "https://api.example.com/api/events/batch");
    const text = '{"event_config":{"path":"/api/events/v2/batch"},"link":"see /api/other/v2"}';
    const answered = exchange("POST", flags.url, { response: { headers: {}, text } });
    const to = (path: string, agent = "some-tool/1.0") => exchange("POST", `https://api.example.com${path}`, { agent });
    const said = (one: ReturnType<typeof exchange>) =>
      check(report([flags, batch]), [answered, one]).observed.find(({ url }) => url !== flags.url)!;
    expect(said(to("/api/events/v2/batch"))).toMatchObject({
      verdict: "server-supplied",
      endpoint: batch.id,
      why: "path named in the answer of POST https://api.example.com/eval (remote flags)",
    });
    expect(said(to("/api/other/v2")).verdict).toBe("unpredicted");
    expect(said(to("/api/events/v2/batch", "axios/1.13.6")).verdict).toBe("unpredicted");
  });

  test("excuse no path that nobody knows of, unless the answer named that too", () => {
    const text = '{"api":"https://own.example.net","upload":"https://own.example.net/put/here"}';
    const named = exchange("GET", "https://api.example.com/user", { response: { headers: {}, text } });
    const rowOf = (url: string) =>
      check(report([user]), [named, exchange("POST", url)]).observed.find((row) => row.url === url)!;
    expect(rowOf("https://own.example.net/anything")).toMatchObject({
      verdict: "unpredicted",
      why: "host named in the answer of GET https://api.example.com/user, and no template has its path",
    });
    expect(rowOf("https://own.example.net/put/here").verdict).toBe("server-supplied");
  });

  test("vouch for a short path where they stand for its host by a longer one", () => {
    const [models, chat] = [
      endpoint("GET", "https://api.host.example/models"),
      endpoint("POST", "https://api.host.example/chat/completions"),
    ];
    const short = exchange("GET", "https://own.example.net/models");
    const long = exchange("POST", "https://own.example.net/chat/completions");
    const verdict = (...asked: (typeof short)[]) =>
      check(report([user, models, chat]), [told, ...asked]).observed.find(({ url }) => url === short.url)!.verdict;
    expect(verdict(short)).toBe("unpredicted");
    expect(verdict(short, long)).toBe("server-supplied");
    expect(verdict(exchange("POST", "https://own.example.net/models"), long)).toBe("unpredicted");
    const elsewhere = endpoint("GET", "https://api.other.example/models");
    const rows = check(report([user, elsewhere, chat]), [told, short, long]).observed;
    expect(rows.find(({ url }) => url === short.url)!.verdict).toBe("unpredicted");
  });

  test("are where endpoints of another host fire", () => {
    const chat = endpoint("POST", "https://api.example.com/chat/completions");
    const result = check(report([user, chat]), [told, exchange("POST", "https://own.example.net/chat/completions")]);
    expect(result.fired.sort()).toEqual([user.id, chat.id].sort());
    expect(result.observed[1]).toMatchObject({ verdict: "server-supplied", endpoint: chat.id });
  });

  test("with several templates, one that a server fills is believed before one of a variable", () => {
    const byVariable = endpoint("GET", "{BASE_URL}/agents/models", { holes: holes({ BASE_URL: "env" }) });
    const byAnswer = endpoint("GET", "{endpoints.api}/agents/models", {
      holes: holes({ "endpoints.api": "response" }),
    });
    for (const endpoints of [
      [byVariable, byAnswer],
      [byAnswer, byVariable],
    ]) {
      const sent = exchange("GET", "https://own.example.net/agents/models", { agent: "some-tool/1.0" });
      const result = check(report(endpoints), [sent]);
      expect(verdicts(result)).toEqual([`GET https://own.example.net/agents/models server-supplied ${byAnswer.id}`]);
    }
  });
});

describe("who decides where it goes", () => {
  test("a literal host stays predicted though the path has an answer's id in it", () => {
    const one = endpoint("GET", "https://api.example.com/items/{id}", { holes: holes({ id: "response" }) });
    expect(verdictOf(one, "GET", "https://api.example.com/items/17")).toBe("predicted");
  });

  test("an endpoint a flag can redirect explains the path it was moved to, on its own host", () => {
    const gates = [{ kind: "flag" as const, name: "batch_config", effect: "redirects" as const }];
    const one = endpoint("POST", "https://api.example.com/api/events/batch", { gates });
    const [row] = check(report([one]), [exchange("POST", "https://api.example.com/api/events/v2/batch")]).observed;
    expect(row).toMatchObject({ verdict: "server-supplied", endpoint: one.id });
    expect(row!.why).toContain("batch_config");
    expect(verdictOf(one, "POST", "https://api.example.com/api/other/batch")).toBe("unpredicted");
    expect(verdictOf(one, "POST", "https://evil.example.net/api/events/v2/batch")).toBe("unpredicted");
    expect(verdictOf(one, "POST", "https://moved.example.net/api/events/v2/batch", "some-tool/1.0.0")).toBe(
      "unpredicted",
    );
  });

  test("a flag that holds the whole path predicts no path of that host", () => {
    const one = endpoint("POST", "https://api.example.com/api/events/batch", {
      alternatives: ["https://api.example.com{batch_config.path}"],
      holes: holes({ "batch_config.path": "flag" }),
    });
    expect(verdictOf(one, "POST", "https://api.example.com/api/events/v2/batch")).toBe("server-supplied");
    expect(verdictOf(one, "POST", "https://api.example.com/upload")).toBe("unpredicted");
  });
});

describe("environment of the run", () => {
  const one = endpoint("POST", "https://api.example.com/v1/messages", {
    alternatives: ["{EXAMPLE_BASE_URL}/v1/messages"],
    holes: holes({ EXAMPLE_BASE_URL: "env" }),
  });
  const run = (url: string, environment: Map<string, string> | null) =>
    check(report([one]), [exchange("POST", url)], { environment }).observed[0]!;

  test("the value that was set explains a moved host, and none but its own", () => {
    const environment = new Map([["EXAMPLE_BASE_URL", "https://proxy.corp.example/team/"]]);
    expect(run("https://proxy.corp.example/team/v1/messages", environment)).toMatchObject({
      verdict: "user-configured",
      endpoint: one.id,
    });
    expect(run("https://elsewhere.example.net/v1/messages", environment).verdict).toBe("unpredicted");
    expect(run("https://api.example.com/v1/messages", environment).verdict).toBe("predicted");
  });

  test("a variable that surely was not set explains nothing", () => {
    expect(run("https://elsewhere.example.net/v1/messages", new Map([["OTHER", "1"]])).verdict).toBe("unpredicted");
  });

  test("a variable of which nobody says that it was set explains nothing, and is named", () => {
    expect(run("https://elsewhere.example.net/v1/messages", null)).toMatchObject({
      verdict: "unpredicted",
      why: "unknown host; EXAMPLE_BASE_URL could be the reason",
    });
  });

  test("a variable that influences an endpoint moves it though no template has it", () => {
    const plain = endpoint("POST", "https://api.example.com/v1/events");
    const environment = [{ name: "EXAMPLE_HOST", influences: [plain.id], evidence: [] }];
    const result = check(report([plain], { environment }), [exchange("POST", "http://127.0.0.1:9/v1/events")], {
      environment: new Map([["EXAMPLE_HOST", "http://127.0.0.1:9"]]),
    });
    expect(result.observed[0]).toMatchObject({ verdict: "user-configured", endpoint: plain.id });
  });
});
