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
    ["{base}/v1/messages", "https://anything.example.net/v1/messages", true],
    ["{base}/v1/messages", "https://anything.example.net/team/v1/messages", true],
    ["{base}/v1/messages", "https://anything.example.net/v1/other", false],
    ["{base}/x", "https://anything.example.net/x", false],
    ["{url}", "https://anything.example.net/x", false],
  ];
  test.each(cases)("%s %s %s", (template, url, fits) => {
    expect(verdictOf(endpoint("POST", template), "POST", url)).toBe(fits ? "predicted" : "unpredicted");
  });
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
    exchange("GET", "https://other.example.net/v1/users/me"),
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
  expect(check(report([one]), [exchange("POST", "https://x.example.net/eval/flags")]).observed[0]!.why).toBe(
    "fits POST {host}/eval/flags",
  );
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
      const result = check(report(endpoints), [exchange("GET", "https://own.example.net/agents/models")]);
      expect(verdicts(result)).toEqual([`GET https://own.example.net/agents/models server-supplied ${byAnswer.id}`]);
    }
  });
});

describe("who decides where it goes", () => {
  test.each([
    ["response", "server-supplied"],
    ["flag", "server-supplied"],
    ["env", "user-configured"],
    ["config", "user-configured"],
    ["argument", "predicted"],
    ["unknown", "predicted"],
  ] as const)("a host from a hole of kind %s is %s", (kind, verdict) => {
    const one = endpoint("POST", "{where}/telemetry", { holes: holes({ where: kind }) });
    expect(verdictOf(one, "POST", "https://t.example.net/telemetry")).toBe(verdict);
  });

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
      "server-supplied",
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
    expect(run("https://elsewhere.example.net/v1/messages", null).verdict).toBe("user-configured");
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
