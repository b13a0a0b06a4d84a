import { useParams } from '@tanstack/react-router';
import { FlagDetail } from './flag-detail';

/** One flag beside the list. */
export const FlagPage = () => {
  const { id } = useParams({ from: '/c/flags/$id' });
  return <FlagDetail key={id} id={id} back="/c/flags" />;
};
