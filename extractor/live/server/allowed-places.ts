/** An allow-list: what isn't on it is told no. */
export interface AllowedPlaces {
  /** Names and addresses, `*` for any text in a name. */
  hosts: string[];
  /** Addresses on them that are not allowed; URLs with holes. */
  denied: { method: string; url: string }[];
}
