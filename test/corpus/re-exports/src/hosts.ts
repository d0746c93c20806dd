export const API_HOST = "https://api.orbitcli.dev";
export const CDN_HOST = "https://cdn.orbitcli.dev";
const status = "https://status.orbitcli.dev";
export default status;
