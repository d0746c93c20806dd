/**
 * The tables behind a question since when and until when, for the words after FROM: `span` with a row for each package
 * and value (`what`, and in how many `versions` that were looked at), `first` and `last`, the releases between which it
 * lies, and `newest`.
 * @param means condition on the value; without one all are looked at
 */
export const spansOf = (table: string, column: string, means?: string): string => `(
    SELECT r.package, ${column} AS what, min(r.version_order) AS low, max(r.version_order) AS high,
      count(DISTINCT r.id) AS versions
    FROM ${table} t JOIN releases r ON r.id = t.release
    ${means === undefined ? "" : `WHERE ${column} IN (SELECT DISTINCT ${column} FROM ${table} WHERE ${means})`}
    GROUP BY r.package, ${column}
  ) span
  JOIN releases first ON first.package = span.package AND first.version_order = span.low
  JOIN releases last ON last.package = span.package AND last.version_order = span.high
  JOIN newest ON newest.package = span.package`;
