export const config = () => ({ api: "https://jobs.tidecli.dev", retries: 3 });
