import { routes, type Session } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { call, messageOf } from '../api/call';
import { sessionQuery } from '../api/queries';
import { rememberSignedIn } from '../api/session-hint';
import { forgetUser } from '../reports/kit';
import { t } from '../words';

/** Name, roles and the way out. A native disclosure: keyboard and screen reader know it. */
export const UserMenu = ({ session }: { session: Session }) => {
  const menu = useRef<HTMLDetailsElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => call(routes.signOut, {}),
    onSuccess: async () => {
      rememberSignedIn(false);
      forgetUser();
      client.setQueryData(sessionQuery.queryKey, null);
      client.removeQueries({ queryKey: ['flags'] });
      client.removeQueries({ queryKey: ['flag'] });
      await navigate({ to: '/' });
    },
  });
  useEffect(() => {
    const close = (event: Event) => {
      const inside = event.target instanceof Node && menu.current?.contains(event.target);
      if (menu.current?.open && (!inside || (event instanceof KeyboardEvent && event.key === 'Escape')))
        menu.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details className="menu" ref={menu}>
      <summary className="button button-quiet">
        <span className="avatar" aria-hidden="true">
          {session.user.name.slice(0, 1).toUpperCase()}
        </span>
        <span className="visually-hidden">{t('shell:accountOf', { name: session.user.name })}</span>
        <span className="menu-name" aria-hidden="true">
          {session.user.name}
        </span>
      </summary>
      <div className="menu-body panel">
        <p className="menu-user">{session.user.name}</p>
        <p className="quiet small">{session.user.email}</p>
        <p className="quiet small">{session.user.roles.join(', ')}</p>
        <Link
          to="/account"
          className="button button-wide"
          onClick={() => {
            if (menu.current) menu.current.open = false;
          }}
        >
          {t('shell:account')}
        </Link>
        <button type="button" className="button button-wide" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('shell:signOut')}
        </button>
        {signOut.isError && (
          <p className="small" role="alert">
            {messageOf(signOut.error)}
          </p>
        )}
      </div>
    </details>
  );
};
