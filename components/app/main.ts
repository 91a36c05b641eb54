/** Where the page starts. */
import '@awesome.me/webawesome/dist/styles/themes/default.css';
import '../tokens.css';
import '../page.css';
import { startTheme } from '../kit/theme';
import './wb-app';

startTheme();
