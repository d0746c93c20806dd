const prefix = "/api/v2";

export const paths = {
  user: (id: string) => `${prefix}/users/${id}`,
  repo: {
    show: (owner: string, name: string) => `${prefix}/repos/${owner}/${name}`,
    file(owner: string, name: string, path: string) {
      return `${this.show(owner, name)}/files/${encodeURIComponent(path)}`;
    },
  },
  search: (query: Record<string, string>) => `${prefix}/search?${new URLSearchParams(query)}`,
  health: () => [prefix, "health"].join("/"),
};
