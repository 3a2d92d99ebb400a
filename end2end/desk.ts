// The people of the trial organisation.
const EMAILS = {
  researcher: 'researcher@example.org',
  reviewer: 'reviewer@example.org',
  secondReviewer: 'second-reviewer@example.org',
} as const;

export type Role = keyof typeof EMAILS;

export interface Member {
  email: string;
  password: string;
}

/** A trial member; the server said the password when it started. */
export function member(role: Role): Member {
  const members = JSON.parse(process.env.TREATYWATCH_MEMBERS ?? '{}') as Record<string, string>;
  const email = EMAILS[role];
  const password = members[email];
  if (!password) throw new Error(`the server announced no password for ${email}`);
  return { email, password };
}
