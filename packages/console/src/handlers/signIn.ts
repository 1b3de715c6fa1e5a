import { z } from 'zod';
import { isKeptError } from '../kept.ts';
import type { Outcome, StaffVisit, Visit } from '../visit.ts';
import { readForm } from './readForm.ts';

const form = z.object({
  email: z.string().trim().min(1, 'is empty').max(320, 'is too long'),
  password: z.string().min(1, 'is empty').max(1024, 'is too long'),
  next: z.string().default('/'),
});

export function showSignIn({ query }: Visit): Outcome {
  return page(query.next, undefined, '');
}

/** The engine counts the attempts and answers the same for an unknown name and a wrong password. */
export async function signIn({ kept, form: sent, from }: Visit): Promise<Outcome> {
  const { email, password, next } = readForm(form, sent);
  try {
    const { token } = await kept.staff.signIn({ email, password, from });
    return { redirect: ownPath(next), session: { token } };
  } catch (error) {
    if (!isKeptError(error) || error.code !== 'SIGN_IN_REFUSED') throw error;
    return {
      ...page(next, 'Name and password do not match. Mind capital letters, and try again.', email),
      status: 401,
    };
  }
}

export async function signOut({ kept, token }: StaffVisit): Promise<Outcome> {
  await kept.staff.signOut(token);
  return { redirect: '/sign-in', flash: 'signed-out', session: null };
}

function page(next: string | undefined, refused: string | undefined, email: string) {
  return { view: 'sign-in', title: 'Sign in', model: { next: ownPath(next), refused, email } } as const;
}

/** Only a path below our mount, so that a link to the sign-in page cannot lead elsewhere afterwards. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\\\r\n]*$/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}
