import { MethodKind, proto3 } from "@bufbuild/protobuf";

export const Empty = proto3.makeMessageType("orbit.v1.Empty", () => []);

export const AccountService = {
  typeName: "orbit.v1.AccountService",
  methods: {
    getMe: { name: "GetMe", I: Empty, O: Empty, kind: MethodKind.Unary },
    listKeys: { name: "ListKeys", I: Empty, O: Empty, kind: MethodKind.Unary },
  },
} as const;

export const EventService = {
  typeName: "orbit.v1.EventService",
  methods: {
    track: { name: "Track", I: Empty, O: Empty, kind: MethodKind.Unary },
  },
} as const;
