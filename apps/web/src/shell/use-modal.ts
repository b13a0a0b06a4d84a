import { type RefObject, useEffect, useRef, useState } from 'react';

interface Modal {
  dialog: RefObject<HTMLDialogElement | null>;
  isOpen: boolean;
  open: () => void;
  close: () => void;
}

/** A modal dialog whose content is there only while it is open: `<dialog ref={modal.dialog} onClose={modal.close}>`. */
export const useModal = (): Modal => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return { dialog, isOpen, open: () => setOpen(true), close: () => setOpen(false) };
};
