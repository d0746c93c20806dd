export const CATALOGUE_SCHEMA_VERSION = 1;

/** reports/index.json: what is published. Tools by id, versions from old to new. */
export interface Catalogue {
  schemaVersion: typeof CATALOGUE_SCHEMA_VERSION;
  tools: CatalogueTool[];
}

export interface CatalogueTool {
  /** Name of the folder: id in signatures/tools, or made of the package's name. */
  id: string;
  package: string;
  versions: CatalogueVersion[];
}

export interface CatalogueVersion {
  version: string;
  /** Path of the report, from the folder of the catalogue. */
  file: string;
  integrity: string | null;
  endpoints: number;
  hosts: number;
  events: number;
  credentials: number;
  /** Where the release was run and held against its report. */
  observed?: { file: string; fired: number; requests: number; unpredicted: number };
}
