import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(new URL("../reports/schema/report.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** What the published schema says against a report; empty where nothing. */
export const schemaErrors = (report: unknown): unknown[] => (validate(report) ? [] : (validate.errors ?? []));
