/** All that a blind test is run with, to be loaded together when somebody begins one. */
import './wb-blind-result';
import './wb-blind-run';
import './wb-blind-setup';

export { ListeningSession } from '../../src/listening/listening-session';
export { BlindPlayer } from './blind-player';
