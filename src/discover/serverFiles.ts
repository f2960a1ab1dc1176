import type { Config } from "../model/config.ts";
import { mayBeZone } from "./worthReading.ts";

/** Every path that `isNameServerFile` or `isWebServerFile` accepts holds one of these, so a long list can be searched for them. */
export const NAME_SERVER_WORDS: readonly string[] = [".conf", ".zones", "named."];
export const WEB_SERVER_WORDS: readonly string[] = ["nginx", "sites-", "conf.d/", "addyfile", ".caddy"];

/** Whether a path is named like the configuration of a name server, or like a file that one includes. */
export function isNameServerFile(path: string, config: Config): boolean {
  const named =
    /(?:^|\/)(?:named|nsd|knot)[^/]*\.conf[^/]*$|(?:^|\/)[^/]*\.zones$|(?:^|\/)named\.(?:zones|local)[^/]*$/.test(
      path,
    ) || /(?:^|\/)(?:named|nsd|knot|bind)[^/]*\/(?:[^/]+\/)*[^/]+\.conf$/.test(path);
  return named && mayBeZone(path, config);
}

/** Whether a path is named like the configuration of a web server's sites. */
export function isWebServerFile(path: string, config: Config): boolean {
  const named =
    /(?:^|\/)nginx[^/]*$|(?:^|\/)sites-(?:available|enabled)\/(?:[^/]+\/)*[^/]+$|(?:^|\/)[Cc]addyfile[^/]*$|\.caddy(?:file)?$/.test(
      path,
    ) || /(?:^|\/)(?:nginx[^/]*|conf\.d)\/(?:[^/]+\/)*[^/]+\.conf$/.test(path);
  return named && mayBeZone(path, config);
}
