import { FIND_BOUNDS } from "../bounds.ts";
import { NO_REQUIREMENTS, type Requirements } from "./requirements.ts";

/** How far one condition is followed: in levels, and in expressions looked at. */
export class ConditionLimits {
  #fuel = 0;
  #depth = 0;
  /** Something lay deeper. */
  #wasTooDeep = false;

  /** Where it is, the question may be asked once more, with more room. */
  isTooDeep(depth: number): boolean {
    const isIt = depth > this.#depth;
    this.#wasTooDeep ||= isIt;
    return isIt;
  }

  /** False where an expression is too far away, or one too many. */
  allow(depth: number): boolean {
    return !this.isTooDeep(depth) && --this.#fuel >= 0;
  }

  /**
   * What is near says most of it, and is not to be missed for all that lies far behind one part: what is far is looked
   * at where that says nothing.
   */
  asFarAsNeeded(find: () => Requirements): Requirements {
    const { conditionDepth: near, deepConditions: far, conditionFuel: fuel } = FIND_BOUNDS;
    this.#wasTooDeep = false;
    for (const depth of [near, far]) {
      this.#depth = depth;
      this.#fuel = fuel;
      const needs = find();
      if (needs === null || needs.size > 0 || !this.#wasTooDeep) return needs;
    }
    return NO_REQUIREMENTS;
  }

  /** Another question, in the midst of one. */
  aside<T>(find: () => T): T {
    const [fuel, depth, wasTooDeep] = [this.#fuel, this.#depth, this.#wasTooDeep];
    const answer = find();
    [this.#fuel, this.#depth, this.#wasTooDeep] = [fuel, depth, wasTooDeep];
    return answer;
  }

  /** One large part leaves something for what is asked after it. */
  withHalf<T>(find: () => T): T {
    const kept = this.#fuel >> 1;
    this.#fuel -= kept;
    const answer = find();
    this.#fuel += kept;
    return answer;
  }
}
