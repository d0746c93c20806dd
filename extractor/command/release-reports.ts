import type { CensusReports } from "../census/lookup.ts";
import type { Report } from "../model/report.ts";
import { CENSUS_FOLDER, jobOptionsOf, type UseCensusOption } from "./options/census-options.ts";
import type { PackageOptions } from "./options/package-options.ts";
import { reportOf } from "./report-of.ts";
import { remark } from "./terminal/output.ts";
import type { Session } from "./terminal/session.ts";

type ReleaseOptions = PackageOptions & UseCensusOption & { quiet?: boolean };

/**
 * Reports of releases: those that a census has, and new ones of the others. From the person's own census only what
 * this program would make now; from one that was named whatever it has, and it is said where another build made it.
 */
export class ReleaseReports {
  readonly #census: CensusReports | null;
  readonly #options: ReleaseOptions;
  readonly #session: Session;

  private constructor(census: CensusReports | null, options: ReleaseOptions, session: Session) {
    this.#census = census;
    this.#options = options;
    this.#session = session;
  }

  /** @throws ExtractorError where the census that was named is none */
  static async open(options: ReleaseOptions, session: Session): Promise<ReleaseReports> {
    if (options.census === false) return new ReleaseReports(null, options, session);
    const { CensusReports } = await import("../census/lookup.ts");
    const opened =
      options.census === undefined
        ? await CensusReports.in(CENSUS_FOLDER).catch((error: Error) => {
            remark(`the census is left out: ${error.message}`, session, options);
            return null;
          })
        : await CensusReports.named(options.census);
    return new ReleaseReports(opened, options, session);
  }

  /** @param spec as for reportOf @throws ExtractorError */
  async of(spec: string): Promise<Report> {
    return (await this.#stored(spec)) ?? reportOf(spec, this.#options, this.#session);
  }

  close(): void {
    this.#census?.close();
  }

  async #stored(spec: string): Promise<Report | null> {
    const asked = jobOptionsOf(this.#options);
    if (this.#census === null || asked === null) return null;
    const { exactRelease } = await import("../releases.ts");
    const release = await exactRelease(spec);
    const found = release && (await this.#census.find(release, asked));
    if (!found) return null;
    if (!found.isOwn) {
      if (typeof this.#options.census !== "string") return null;
      remark(`${spec}: the census has it from another build of this program`, this.#session, this.#options);
    }
    const { report } = found;
    return { ...report, package: { ...report.package, spec } };
  }
}
