/**
 * What the finders may cost, beside what each question may (`evaluate/engine/bounds.ts`). Cuts that leave a diagnostic
 * say which.
 */
export const FIND_BOUNDS = {
  /** Levels of functions that hand on a whole object on its way to a request. */
  bodyLevels: 12,
  /**
   * Of these, the levels on which members that may name other things name events; a client's own methods count as all
   * of them.
   */
  unsureLevels: 5,
  /** Parameters that are followed from one body to the callers of their functions. */
  bodyPlaces: 120,
  /** Callers of a function that hands on a whole object; of one with more, none is looked at. */
  bodyCallers: 60,
  /** Levels of methods that leave the making of an event object to others. */
  eventFactories: 2,
  /** Levels of objects inside objects of one body. */
  bodyDepth: 6,
  /** Members looked at in one body. */
  bodyMembers: 300,
  /** Levels of callers that are asked for fields alone: further out, what is spread comes from everywhere. */
  fieldLevels: 2,
  /** Definitions, receivers and arguments from an object of a library to the classes it is made of. */
  transportSteps: 10,
  /** Values looked at on these ways from one object. */
  graphValues: 300,
  /** Callers of a function that is given the object; of one with more, none is looked at. */
  transportGivers: 12,
  /** Functions of which it is asked whether they drop what they are told. */
  droppedNames: 400,
  /** Levels of functions that a condition on the way of an event asks. */
  flagLevels: 3,
  /** Expressions looked at for the flags of one pipeline. */
  flagFuel: 200,
  /** Definitions of a variable in a condition: one that is set in more places tells nothing. */
  flagDefinitions: 4,
  /** Levels of expressions, definitions and functions behind one number. */
  settingDepth: 10,
  /** Expressions looked at for one number. */
  settingFuel: 120,
  /** Callers of a function whose parameter is the number; so many tell what it usually is. */
  settingCallers: 6,
  /** Ways of single events that are followed for what goes along on them. */
  eventPaths: 6,
  /** Functions that hand a name on to what sends it. */
  nameRelays: 40,
  /** Levels of callers of what sends, searched for timers and comparisons of lengths. */
  batchLevels: 4,
  /** Functions searched for them. */
  batchFunctions: 60,
  /** Levels of objects inside objects, texts that they are written to included, searched for dimensions. */
  dimensionDepth: 9,
  /** Members looked at for dimensions of one body. */
  dimensionMembers: 400,
  /** Levels of functions that do nothing but hand back what they are told. */
  passThroughLevels: 3,
  /** Levels of copies of a spread object. */
  spreadCopies: 3,
  /** Variables read from a member of one name that are looked at: more of them share no more than a name. */
  memberReaders: 64,
  /** Callers of one function that are asked in any case. */
  callersInAnyCase: 16,
  /** Steps of the evaluator up to which further callers of that function are asked. */
  stepsOfCallers: 1000,
  /** Members that a call with a computed name may mean: more are data, or a library. */
  dispatchMembers: 32,
  /** Places that make the object of such a call. */
  dispatchMakers: 6,
  /** Callers that are asked for a function that they hand in, and that is called where it is kept. */
  valueGivers: 6,
  /** Levels of such callers. */
  valueLevels: 2,
  /** Chains of such callers for one call. */
  valueContexts: 12,
  /** Calls of a constructor or setter that are asked what they give. */
  injectedGivers: 4,
  /** Objects that had an object from one another. */
  injectedKeepers: 3,
  /** Chains of such objects. */
  injectedChains: 12,
  /** Steps after which only those are asked that keep what they are given, and not who makes them as well. */
  injectedSteps: 2000,
  /** Calling contexts that one call is looked at under. Leaves cut-contexts. */
  contexts: 1500,
  /** The same in steps of the evaluator: a context may take three, or three thousand. Leaves cut-contexts. */
  contextSteps: 60_000,
  /**
   * Contexts without a find under which a question takes all its fuel; after so many the search ends. Leaves cut-fuel.
   */
  exhaustedContexts: 6,
  /** Steps that each find adds to those. */
  contextStepsOfAFind: 2000,
  /** Contexts that each find adds to those. */
  contextsOfAFind: 100,
  /** Steps that each caller of the call's own function may take when the others have used up all of them. */
  contextStepsOfACaller: 300,
  /** The same in contexts. */
  contextsOfACaller: 12,
  /** Such callers one after the other that tell nothing new: the rest of them is not asked. Leaves cut-contexts. */
  callersWithoutNews: 32,
  /** Objects looked at of a class whose methods nobody is seen to call. */
  objectsOfAClass: 4,
  /** As many callers of a function are few: their own callers are asked one by one as well. Order alone. */
  fewCallers: 8,
  /** For so many levels. */
  fewCallersLevels: 3,
  /** Levels of callers of callers. Leaves cut-contexts. */
  contextLevels: 8,
  /** Levels on top of those for where the objects on the way were made. Leaves cut-contexts. */
  contextMakers: 4,
  /** Rounds from a function to its calls, through names, objects and modules; beyond them it is live. */
  unreachableRounds: 12,
  /** Callers of a function that are asked whether they give it a path where a name could stand. */
  pathGivers: 12,
  /** Items of a list that is written out: a longer one is data. */
  writtenItems: 12,
  /** Addresses of one client of a service; more are alternatives that nobody takes. */
  serviceBases: 4,
  /** Steps of the evaluator to tell the ways apart in which one call can run. Leaves cut-fuel. */
  caseSteps: 6000,
  /** Expressions behind the arguments of a call that are searched for choices. */
  casePlaces: 120,
  /** Ways in which one choice can turn out: among more it is data. */
  caseSplits: 12,
  /** Addresses of one call that are told in place of what they have in common: more of them are data. */
  addressesTold: 32,
  /** Conditions around a call that may narrow what it is given. */
  narrowingConditions: 6,
  /** Callers whose conditions may do so. */
  narrowingCallers: 3,
  /** Kinds of a union that is narrowed: among more it is data. */
  narrowedKinds: 12,
  /** Steps of one derivation that is shown to a person. */
  derivationSteps: 300,
  /** Levels of steps inside steps of a derivation. */
  derivationDepth: 40,
  /** Objects inside objects, and texts that they were written to. */
  secretDepth: 5,
  /** Members looked at in one object. */
  secretMembers: 200,
  /** Levels of functions that ask functions that look a flag up. */
  flagReaderLevels: 3,
  /** Levels of expressions, definitions and predicates inside one condition. */
  conditionDepth: 24,
  /** The same where those tell nothing. */
  deepConditions: 64,
  /** Expressions looked at for one condition. */
  conditionFuel: 2_000,
  /** Returns of a function in a condition. */
  conditionReturns: 12,
  /** Values that a variable or member of a condition is given. */
  conditionGiven: 12,
  /** Steps from the object of a method to where it was made. */
  conditionReceivers: 6,
  /** Of so few definitions of one thing it is asked whether the functions that hold them are ever called. */
  conditionGivers: 4,
  /** Objects that a member of a condition may be read of. */
  conditionObjects: 3,
  /** Items of a list that a condition tests one by one. */
  conditionItems: 20,
  /** Words that a condition may tell apart, and entries of a table it looks them up in. */
  conditionWords: 40,
  /** Levels of callers that are asked what a member of their arguments is. */
  conditionClimbs: 2,
  /** Calls whose arguments are looked at for a condition on a parameter. */
  gateArguments: 4,
  /** Calls that put something into a collection that a condition asks for. */
  conditionPuts: 8,
  /** Collections in conditions on the filling of collections. */
  conditionQueues: 2,
  /** Times that the filling of a collection is asked for before it counts as unknown. */
  conditionQueueTries: 4,
  /** Classes below one whose method a condition asks. */
  conditionSubclasses: 8,
  /** Switches on single ways to some code; of more, the nearest. */
  partialSwitches: 6,
  /** Functions between some code and a switch on single ways to it; beyond them it is not for that code. */
  partialDistance: 5,
  /** Switches of which one is needed. */
  switchesTogether: 3,
  /**
   * Switches that one piece of code needs: with more, each condition inside another would have all of those around it.
   * Leaves cut-alternatives.
   */
  requirements: 48,
  /** Pairs of conditions of two ways that are looked at for such. */
  alternativePairs: 64,
  /** Such conditions kept of two ways. */
  alternatives: 8,
  /** Levels of callers of callers of a gated call. */
  gateLevels: 14,
  /** Levels nearer at which a function is looked at again whose callers could not all be looked at. */
  gateNearer: 4,
  /** Functions looked at for the gates of one call. */
  gateFuel: 250,
  /** Ways to a function: with more, a switch on one of them is no news of it. */
  gateCallers: 3,
};
