import type * as t from "@babel/types";
import type { Context } from "../context.ts";
import { lowerClass } from "./class.ts";
import { lowerDataModule } from "./eval.ts";
import { lowerExpression } from "./expression.ts";
import { lowerFunction } from "./function.ts";
import { lowerStatement } from "./statement.ts";

const moduleNameOf = (ctx: Context, node: t.Identifier | t.StringLiteral): string =>
  ctx.texts.own(node.type === "Identifier" ? node.name : node.value);

export function lowerImport(ctx: Context, node: t.ImportDeclaration): void {
  if (node.importKind === "type") return;
  const specifier = ctx.texts.own(node.source.value);
  lowerDataModule(ctx, specifier, ctx.at(node.source) + 1);
  if (node.specifiers.length === 0) ctx.unit.loads.push(specifier);
  for (const s of node.specifiers) {
    const imported =
      s.type === "ImportDefaultSpecifier"
        ? "default"
        : s.type === "ImportNamespaceSpecifier"
          ? "*"
          : moduleNameOf(ctx, s.imported);
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
    exports.push({ kind: "all", specifier: ctx.texts.own(node.source.value) });
    return;
  }
  if (node.type === "ExportDefaultDeclaration") {
    const { declaration } = node;
    if (declaration.type === "FunctionDeclaration") {
      const f = lowerFunction(ctx, declaration, declaration.id?.name ?? "default");
      const e = { kind: "function", func: f, at: f.at } as const;
      if (declaration.id) ctx.define(ctx.declare(declaration.id.name, "var"), e);
      exports.push({ kind: "value", name: "default", expression: e });
    } else if (declaration.type === "ClassDeclaration") {
      const e = lowerClass(ctx, declaration);
      if (declaration.id) ctx.define(ctx.declare(declaration.id.name, "block"), e);
      exports.push({ kind: "value", name: "default", expression: e });
    } else if (declaration.type !== "TSDeclareFunction") {
      exports.push({ kind: "value", name: "default", expression: lowerExpression(ctx, declaration) });
    }
    return;
  }
  if (node.declaration) {
    lowerStatement(ctx, node.declaration);
    for (const name of declaredNames(node.declaration))
      exports.push({ kind: "value", name: ctx.texts.own(name), expression: ctx.scope.use(name) });
  }
  const specifier = node.source ? ctx.texts.own(node.source.value) : null;
  for (const s of node.specifiers) {
    if (s.type === "ExportSpecifier") {
      const name = moduleNameOf(ctx, s.exported);
      const local = moduleNameOf(ctx, s.local as t.Identifier | t.StringLiteral);
      if (specifier !== null) exports.push({ kind: "from", name, specifier, imported: local });
      else exports.push({ kind: "value", name, expression: ctx.scope.use(local) });
    } else if (s.type === "ExportNamespaceSpecifier" && specifier !== null) {
      exports.push({ kind: "from", name: moduleNameOf(ctx, s.exported), specifier, imported: "*" });
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
