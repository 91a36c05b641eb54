/** All that is drawn of a word once there is a model: loaded together, when it is first needed. */
import '../kit/wb-response';
import './wb-bands';
import './wb-evidence';
import './wb-kind-choice';
import './wb-mixture';
import './wb-proposals';
import './wb-unheard';
