/** A path as part of a link's target, percent-encoded; undefined where a name in it is not UTF-8. */
export function pathInUrl(path: string): string | undefined {
  try {
    return path
      .split("/")
      .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, percent))
      .join("/");
  } catch {
    return undefined;
  }
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
