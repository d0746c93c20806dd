import { expect, test } from "vitest";
import { placeName } from "../../../extractor/classify/urls/hole-place.ts";

const MARK = "\ue000";

test.each([
  ["https://api.example.com/sessions/*", "sessionId"],
  ["https://api.example.com/sessions/*/events", "sessionId"],
  ["https://api.example.com/v1/service-accounts/*", "serviceAccountId"],
  ["https://api.example.com/policies/*", "policyId"],
  ["https://api.example.com/batches/*", "batchId"],
  ["https://api.example.com/addresses/*", "addressId"],
  ["https://api.example.com/status/*", null],
  ["https://api.example.com/access/*", null],
  ["https://api.example.com/user/*", null],
  ["https://api.example.com/files/*:copy", null],
  ["https://api.example.com/*", "path"],
  ["https://api.example.com/x?limit=*", "limit"],
  ["https://api.example.com/x?a=1&page_size=*", "page_size"],
  ["https://localhost:*/x", "port"],
  ["https://*/x", "host"],
  ["https://*:8080/x", "host"],
  ["https://*.example.com/x", "subdomain"],
  ["https://service.*.example.com/x", "region"],
  ["*/v1/models", "address"],
  ["*://api.example.com/", "scheme"],
])("%s", (text, name) => expect(placeName(text.replace("*", MARK), text.indexOf("*"))).toBe(name));
