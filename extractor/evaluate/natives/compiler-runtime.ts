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
  // with its key and value as an object, see ir/bundled/compiler-runtimes.ts
  "@babel/runtime/helpers/defineProperty#",
  "@swc/helpers/_/_define_property#_",
  "@babel/runtime/helpers/objectSpread2#",
  "@swc/helpers/_/_extends#_",
  "@swc/helpers/_/_object_spread#_",
  "@swc/helpers/_/_object_spread_props#_",
  "tslib#__assign",
]);

/** What they are given first is what they give back, or as good as that: a list, a class, a text. */
const GIVES_BACK = new Set([
  "@babel/runtime/helpers/assertThisInitialized#",
  "@babel/runtime/helpers/createClass#",
  "@babel/runtime/helpers/slicedToArray#",
  "@babel/runtime/helpers/taggedTemplateLiteral#",
  "@babel/runtime/helpers/toArray#",
  "@babel/runtime/helpers/toConsumableArray#",
  "@swc/helpers/_/_assert_this_initialized#_",
  "@swc/helpers/_/_create_class#_",
  "@swc/helpers/_/_sliced_to_array#_",
  "@swc/helpers/_/_tagged_template_literal#_",
  "@swc/helpers/_/_to_array#_",
  "@swc/helpers/_/_to_consumable_array#_",
  "tslib#__asyncValues",
  "tslib#__await",
  "tslib#__makeTemplateObject",
  "tslib#__read",
  "tslib#__values",
]);

/** Babel's stand in a member as well. */
const withoutDefault = (path: string): string => path.replace(/#default$/, "#");

/** It gives a CommonJS module as `import` sees it. */
export const adaptsModule = (path: string): boolean => ADAPTS_MODULE.has(withoutDefault(path));

/** It does what `Object.assign` does. */
export const mergesObjects = (path: string): boolean => MERGES.has(withoutDefault(path));

/** It gives back what it is given first. */
export const givesBack = (path: string): boolean => GIVES_BACK.has(withoutDefault(path));
