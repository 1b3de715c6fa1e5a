import type { Policy } from '@kept/core';
import { varied } from '../kernel/retention/variedPolicies.ts';

/** The pack sdance-ai, its host keeping data in many other shapes too. */
export const shaped: Policy = varied({
  inventory: [
    ['lineage: { parent: parentId }', 'lineage: { parent: parentId, carries: [parentAuthor] }'],
    ['      prompt: generation.prompt', '      parentAuthor: account.profile\n      prompt: generation.prompt'],
    [
      'anchors: { generated: createdAt, unsaved: unsavedAt }',
      'anchors: { generated: createdAt, unsaved: unsavedAt }\n    retention: generated-videos',
    ],
    [
      '# #region secrets\n',
      `  events:
    discriminator: kind
    anchors: { logged: at, seen: at }
    fields: { at: usage }
    when:
      api: { subject: { through: { apiKeys: keyId } }, fields: { path: log.api }, retention: api-logs }
      visit: { subject: { device: deviceId }, fields: { ip: log.network } }
      like: { subject: { ref: userId }, fields: { of: usage } }
  comments:
    subject: { ref: authorId }
    about: { through: { generations: generationId } }
    fields: { text: { category: account.profile, others: true }, authorName: account.profile, "tags[]": account.profile }
  reactions:
    subject: { ref: by }
    about: { through: { generations: generationId }, cascade: true }
    fields: { face: account.profile }
  answers:
    subject: { ref: by }
    about: { through: { events.api: call } }
    fields: { text: account.profile }
  teams:
    subject: { ref: "members[].userId" }
    fields:
      title: account.profile
      members[].note: account.profile
      members[].avatar: { category: account.profile, file: media }
  boards:
    subject: { ref: "threads[].posts[].authorId" }
    fields: { "threads[].title": account.profile, "threads[].posts[].text": account.profile }
  shares:
    subject: { ref: "with[]" }
    fields: { "with[]": account.profile, of: account.profile }
  waiting:
    subject: { address: email }
    anchors: { accountClosed: leftAt }
    fields: { email: account.contact, wish: account.profile }
  newsletter:
    subject: { address: emailHash, as: sha256 }
    anchors: { accountClosed: leftAt }
    fields: { emailHash: account.contact, topic: account.profile }
  profiles:
    subject: { ref: owner, as: { prefix: "user:" } }
    fields: { owner: account.profile, bio: { category: account.profile, stored: json }, code: { category: account.profile, stored: base64 }, box: { category: account.profile, stored: base64-json } }
  metrics:
    subject: { ref: who, as: sha256-base64 }
    fields: { score: account.profile }
  embeddings:
    subject: { through: { generations: generationId } }
    fields: { vector: account.profile }
  neighbours:
    subject: { through: { embeddings: embeddingId } }
    fields: { rank: account.profile, sheet: { category: account.profile, file: media } }
# #region secrets
`,
    ],
  ],
});
