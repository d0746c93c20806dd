interface Context {
  hosts: { artifacts: string };
  tenant: string;
}

export class ArtifactStore {
  constructor(private context: Context) {}

  url(path: string) {
    return `${this.context.hosts.artifacts}/t/${this.context.tenant}${path}`;
  }

  download(id: string) {
    return fetch(this.url(`/artifacts/${id}/content`));
  }
}

export const removeArtifact = ({ hosts, tenant }: Context, id: string) =>
  fetch(`${hosts.artifacts}/t/${tenant}/artifacts/${id}`, { method: "DELETE" });
