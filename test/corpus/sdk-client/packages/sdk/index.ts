import { APIClient, type ClientOptions } from "./core.js";
import { Messages, Models } from "./resources.js";

export class Orbit extends APIClient {
  messages: Messages = new Messages(this);
  models: Models = new Models(this);

  constructor(options: ClientOptions = {}) {
    super(options);
  }
}
