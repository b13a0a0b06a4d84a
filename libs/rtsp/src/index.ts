export { RtspCamera, type RtspOpening } from './camera';
export * from './types';
