/** A glance would take too many steps. */
export class OutOfBudget extends Error {}

/** The fuel is spent, and what is in work goes on asking. */
export class AsksOn extends Error {}
