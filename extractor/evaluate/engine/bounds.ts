/** What a question may cost. */
export const BOUNDS = {
  /** Alternatives of one value; above it texts are widened to common prefix + hole + common suffix. */
  alternatives: 16,
  /** Objects, functions and other closures of one value. */
  closures: 12,
  /** Members of an object that a key nothing is known of may mean. */
  members: 256,
  /** Variables on the way of an object that are written through: the nodes of a tree pass through all that walk it. */
  writers: 6,
  /** Pieces of one text. */
  parts: 32,
  /** Characters of one text that was put together. */
  characters: 16_384,
  /** Values of a parameter that the parts of one text are told apart by. */
  waysOfAText: 4,
  /** Expressions and variables of a part that are looked at for such a parameter. */
  partsOfAWay: 60,
  /** Expressions inside expressions. */
  depth: 200,
  /** Environments of calls that are kept for when the call is asked about again: memory, and no more than that. */
  keptCalls: 10_000,
  /** Calls inside calls. */
  calls: 9,
  /** A function inside itself. */
  recursion: 3,
  /** Expressions looked at for one question. */
  fuel: 3000,
  /** Expressions asked for once the fuel is spent; what is in work then is broken off. */
  asksInVain: 3000,
  /** Steps of one expression that count as many when fuel runs out. */
  costlySteps: 1500,
  /** How often an expression may take so many; after that what is known of it stays its answer. */
  costlyTimes: 4,
  /** Expressions looked at where only what is near matters: the switch that a condition reads. */
  nearbyFuel: 300,
  /**
   * Looks into objects and lists for one question: an object that spreads another twice doubles them with each step.
   */
  propertyReads: 20_000,
  /** Looks into objects inside each other: a chain of spreads. */
  nestedReads: 300,
  /** Guards inside guards. */
  guards: 3,
  /** Names of a setting's key, the last ones: `telemetry.enabled`. */
  settingKeys: 4,
  /** Items of one list that are looked at: what a longer list holds is data. Leaves cut-alternatives. */
  items: 32,
  /** The same of items with one value each: a text that is taken apart, and joined again. */
  pieces: 256,
  /** Calls of one name that may put something into a storage that lasts as long as an asynchronous call. */
  storageCalls: 64,
  /** Variables that hold the function that settles one promise. */
  resolvers: 12,
  /** Places that add to one list. Leaves cut-alternatives. */
  additions: 24,
  /** Alternatives of one list whose order is known. */
  lists: 4,
  /** Places that append to a list whose order is known. */
  orderedAdditions: 12,
  /** Characters of a text that is read as JSON. Leaves cut-parts. */
  jsonText: 200_000,
  /** Levels of what such a text holds. Leaves cut-depth. */
  jsonLevels: 16,
  /** Places that write one member of results of calls. */
  resultWrites: 16,
  /** Classes above a class. */
  parents: 8,
  /** Classes that a member is looked for in where it isn't known which of them are above. Leaves cut-alternatives. */
  classesAbove: 64,
  /** Levels of computed lists inside computed lists that are searched for open parameters. */
  nestedLists: 3,
  /** Texts that come of one with several replacements. */
  replaced: 8,
  /** A look-up with an unknown key in a larger collection says nothing. */
  keptEntries: 8,
  /** Rounds of a reduction, and items that a predicate is asked about. */
  reducedItems: 12,
  /** Places that may put something in; more are a cache. */
  weakMapWrites: 24,
  /** Conditions looked at for the value that something has when nothing is set. */
  defaultConditions: 3,
  /** Addresses that are kept where all together have no server in common. */
  wideAddresses: 6,
  /** What one URL may become through writes to its parts. */
  writtenUrls: 16,
};
