import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/layout.css';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page lacks its root element');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
