import { renderAdguard } from "./adguard.ts";
import { renderAllowedHosts } from "./allow-list.ts";
import { renderDnsmasq } from "./dnsmasq.ts";
import { renderDomains } from "./domains.ts";
import { renderHosts } from "./hosts.ts";
import { renderLittleSnitch } from "./little-snitch.ts";
import { renderNftables } from "./nftables.ts";
import { renderPihole } from "./pihole.ts";
import type { BlockPlan } from "./plan.ts";
import { renderSquid } from "./squid.ts";

/** One row of the table below. Pure: the same plan gives the same text. */
export interface BlockListFormat {
  /** One line for `--help`. */
  about: string;
  /** File name that fits, for downloads. */
  file: string;
  render(plan: BlockPlan): string;
}

/** Every way to write a block list. A new format is one file beside this one and one row here. */
export const blockListFormats = {
  hosts: { about: "/etc/hosts", file: "hosts.txt", render: renderHosts },
  domains: { about: "one name on a line", file: "domains.txt", render: renderDomains },
  adguard: { about: "AdGuard and uBlock Origin filter list", file: "adguard.txt", render: renderAdguard },
  pihole: { about: "Pi-hole list", file: "pihole.txt", render: renderPihole },
  dnsmasq: { about: "dnsmasq configuration", file: "dnsmasq.conf", render: renderDnsmasq },
  squid: {
    about: "Squid access lists; --with-paths adds paths of shared hosts",
    file: "squid.conf",
    render: renderSquid,
  },
  "little-snitch": { about: "Little Snitch rule group", file: "little-snitch.lsrules", render: renderLittleSnitch },
  nftables: {
    about: "nftables sets and rule, names filled in by dnsmasq",
    file: "nftables.nft",
    render: renderNftables,
  },
  json: {
    about: "allow-list for sandboxes and container firewalls",
    file: "allow-list.json",
    render: renderAllowedHosts,
  },
} satisfies Record<string, BlockListFormat>;

export type BlockListFormatName = keyof typeof blockListFormats;
