/**
 * Functions that compilers import instead of writing them into each file, by the module and the member they come from.
 * Written into a file they are known by their shape.
 *
 * ```js
 * var _client = _interopRequireDefault(require("client"));       // from @babel/runtime/helpers/interopRequireDefault
 * const client_1 = tslib_1.__importDefault(require("client"));
 * ```
 */
const ADAPTS_MODULE = new Set([
  "@babel/runtime/helpers/interopRequireDefault#",
  "@babel/runtime/helpers/interopRequireWildcard#",
  "@swc/helpers/_/_interop_require_default#_",
  "@swc/helpers/_/_interop_require_wildcard#_",
  "tslib#__importDefault",
  "tslib#__importStar",
]);
const MERGES = new Set([
  "@babel/runtime/helpers/extends#",
  "@babel/runtime/helpers/objectSpread2#",
  "@swc/helpers/_/_extends#_",
  "@swc/helpers/_/_object_spread#_",
  "tslib#__assign",
]);

/** Babel's stand in a member as well. */
const withoutDefault = (path: string): string => path.replace(/#default$/, "#");

/** It gives a CommonJS module as `import` sees it. */
export const adaptsModule = (path: string): boolean => ADAPTS_MODULE.has(withoutDefault(path));

/** It does what `Object.assign` does. */
export const mergesObjects = (path: string): boolean => MERGES.has(withoutDefault(path));
