export interface Dsn {
  protocol: string;
  publicKey: string;
  host: string;
  port: string;
  path: string;
  projectId: string;
}

const DSN_REGEX = /^(?:(\w+):)\/\/(?:(\w+)(?::(\w+)?)?@)([\w.-]+)(?::(\d+))?\/(.+)/;

export function parseDsn(text: string): Dsn {
  const match = DSN_REGEX.exec(text);
  if (!match) throw new Error("Invalid DSN");
  const [protocol, publicKey, , host = "", port = "", lastPath = ""] = match.slice(1);
  let path = "";
  let projectId = lastPath;
  const split = projectId.split("/");
  if (split.length > 1) {
    path = split.slice(0, -1).join("/");
    projectId = split.pop() as string;
  }
  return { protocol: protocol ?? "https", publicKey: publicKey ?? "", host, port, path, projectId };
}

export function envelopeUrl(dsn: Dsn) {
  const { protocol, host, port, path, projectId, publicKey } = dsn;
  const base = `${protocol ? `${protocol}:` : ""}//${host}${port ? `:${port}` : ""}${path ? `/${path}` : ""}/api/`;
  return `${base}${projectId}/envelope/?sentry_key=${publicKey}&sentry_version=7`;
}
