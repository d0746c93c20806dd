import type * as t from "@babel/types";
import type { Context } from "./context.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerStatement } from "./lower-statement.ts";

const nameOf = (node: t.Identifier | t.StringLiteral): string => (node.type === "Identifier" ? node.name : node.value);

export function lowerImport(ctx: Context, node: t.ImportDeclaration): void {
  if (node.importKind === "type") return;
  const specifier = node.source.value;
  for (const s of node.specifiers) {
    const imported =
      s.type === "ImportDefaultSpecifier"
        ? "default"
        : s.type === "ImportNamespaceSpecifier"
          ? "*"
          : nameOf(s.imported);
    ctx.declare(s.local.name, "block");
    ctx.unit.imports.push({ local: ctx.top.declare(s.local.name, "block"), specifier, imported });
  }
}

export function lowerExport(
  ctx: Context,
  node: t.ExportNamedDeclaration | t.ExportDefaultDeclaration | t.ExportAllDeclaration,
): void {
  const { exports } = ctx.unit;
  if (node.type === "ExportAllDeclaration") {
    exports.push({ k: "all", specifier: node.source.value });
    return;
  }
  if (node.type === "ExportDefaultDeclaration") {
    const { declaration } = node;
    if (declaration.type === "FunctionDeclaration") {
      const f = lowerFunction(ctx, declaration, declaration.id?.name ?? "default");
      const e = { k: "function", f, at: f.at } as const;
      if (declaration.id) ctx.define(ctx.declare(declaration.id.name, "var"), e);
      exports.push({ k: "value", name: "default", e });
    } else if (declaration.type === "ClassDeclaration") {
      const e = lowerClass(ctx, declaration);
      if (declaration.id) ctx.define(ctx.declare(declaration.id.name, "block"), e);
      exports.push({ k: "value", name: "default", e });
    } else if (declaration.type !== "TSDeclareFunction") {
      exports.push({ k: "value", name: "default", e: lowerExpression(ctx, declaration) });
    }
    return;
  }
  if (node.declaration) {
    lowerStatement(ctx, node.declaration);
    for (const name of declaredNames(node.declaration)) exports.push({ k: "value", name, e: ctx.scope.use(name) });
  }
  for (const s of node.specifiers) {
    if (s.type === "ExportSpecifier") {
      const name = nameOf(s.exported);
      const local = nameOf(s.local as t.Identifier | t.StringLiteral);
      if (node.source) exports.push({ k: "from", name, specifier: node.source.value, imported: local });
      else exports.push({ k: "value", name, e: ctx.scope.use(local) });
    } else if (s.type === "ExportNamespaceSpecifier" && node.source) {
      exports.push({ k: "from", name: nameOf(s.exported), specifier: node.source.value, imported: "*" });
    }
  }
}

function declaredNames(node: t.Declaration): string[] {
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ id }) => patternNames(id));
  if ("id" in node && node.id?.type === "Identifier") return [node.id.name];
  return [];
}

function patternNames(node: t.Node): string[] {
  switch (node.type) {
    case "Identifier":
      return [node.name];
    case "ObjectPattern":
      return node.properties.flatMap((p) => patternNames(p.type === "RestElement" ? p.argument : p.value));
    case "ArrayPattern":
      return node.elements.flatMap((e) => (e ? patternNames(e) : []));
    case "AssignmentPattern":
      return patternNames(node.left);
    case "RestElement":
      return patternNames(node.argument);
    default:
      return [];
  }
}
