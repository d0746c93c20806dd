# extract in a container, with what a sealed run (extract capture) needs: bubblewrap and nftables.
FROM node:24-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm pack --pack-destination /packed

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap ca-certificates curl git nftables \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /packed /packed
RUN npm install --global --omit=dev --no-audit --no-fund /packed/*.tgz && rm -rf /packed ~/.npm
USER node
WORKDIR /work
ENTRYPOINT ["extract"]
