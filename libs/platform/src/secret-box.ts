import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under one key, a random nonce for each text. What is sealed opens only for the same `owner` (the id of
 * a camera, an account): a cipher text that was copied to another row is refused.
 */
export class SecretBox {
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new Error('The secret key has 32 bytes');
  }

  seal(owner: string, text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when the key, the owner or the bytes are not those it was sealed with */
  open(owner: string, box: Buffer): string {
    if (box[0] !== VERSION) throw new Error('Sealed by another version');
    const nonce = box.subarray(1, 1 + NONCE_BYTES);
    const sealedFrom = 1 + NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(owner))
      .setAuthTag(box.subarray(1 + NONCE_BYTES, sealedFrom));
    return Buffer.concat([decipher.update(box.subarray(sealedFrom)), decipher.final()]).toString('utf8');
  }
}
