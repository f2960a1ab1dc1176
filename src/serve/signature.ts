import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Whether a header `X-Hub-Signature-256` could be one. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && SIGNATURE.test(header);
}

/** Whether a body was signed with one of the secrets; takes as long for a wrong signature as for a right one. */
export function isSigned(body: Buffer, header: string, secrets: readonly string[]): boolean {
  const claimed = Buffer.from(SIGNATURE.exec(header)?.[1] ?? "", "hex");
  let signed = false;
  for (const secret of secrets) {
    const digest = createHmac("sha256", secret).update(body).digest();
    if (digest.length === claimed.length && timingSafeEqual(digest, claimed)) signed = true;
  }
  return signed;
}
