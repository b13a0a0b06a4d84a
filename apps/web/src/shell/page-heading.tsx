import { useEffect, useRef, type ReactNode } from 'react';

let routeChanged = false;

/** The router went to another page: the next heading that appears takes the focus. */
export const noteRouteChange = (): void => {
  routeChanged = true;
};

/**
 * The `h1` of a page. Sets the title of the window, and takes the focus after a change of route, so that a screen reader
 * says where one is and the keyboard starts at the top.
 */
export const PageHeading = ({ title, children, className }: { title: string; children: ReactNode; className?: string }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Pollglass`;
  }, [title]);
  useEffect(() => {
    if (!routeChanged) return;
    routeChanged = false;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
};
