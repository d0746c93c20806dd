declare const module: { exports: unknown };
declare const exports: Record<string, unknown>;

const lazy = <T>(make: () => T) => {
  let value: T | undefined;
  return () => (value ??= make());
};

exports.apiHost = lazy(() => "https://api.orbitcli.dev");
exports.region = "eu";
