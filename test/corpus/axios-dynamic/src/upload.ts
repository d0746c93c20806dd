export async function upload(name: string, data: string) {
  const { default: axios } = await import("axios");
  await axios.put(`https://files.orbitcli.dev/v1/objects/${name}`, data, {
    headers: { "x-orbit-digest": String(data.length) },
  });
}
