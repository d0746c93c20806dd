import axios from "axios";

axios.defaults.baseURL = "https://defaults.orbitcli.dev/v1";
axios.defaults.headers.common["X-Common"] = "1";

const instance = axios.create();
instance.defaults.baseURL = "https://instance.orbitcli.dev";

async function main() {
  await axios.get("/one");
  await axios.post("https://absolute.orbitcli.dev/two", {});
  await instance.delete("/three");
  const uri = axios.getUri({ url: "/four" });
  await axios.head(uri);
}

main();
