export interface LogRecord {
  body?: string;
  eventName?: string;
  attributes?: Record<string, unknown>;
}

export interface Provider {
  emit(scope: string, record: LogRecord): void;
}

// libraries that only write log records don't know who sends them
const registry: { provider?: Provider } = {};

export const register = (provider: Provider) => {
  registry.provider = provider;
};

export const getLogger = (scope: string) => ({
  emit(record: LogRecord) {
    registry.provider?.emit(scope, record);
  },
});
