# The program with its dashboard; Postgres is elsewhere (DATABASE_URL). See compose.yaml.
FROM node:24-bookworm-slim
WORKDIR /app
COPY . .
# Installing also builds the dashboard; what only building needs leaves again.
RUN npm ci && test -f dist/dashboard/index.html && npm prune --omit=dev --ignore-scripts

ENV NODE_ENV=production
USER node
EXPOSE 4000
CMD ["node", "src/main.ts", "--roles", "api,worker"]
