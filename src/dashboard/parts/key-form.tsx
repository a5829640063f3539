import { useState } from 'react';
import { useApiKey } from '../api/api-key.tsx';
import { useLocale } from '../i18n/locale-context.tsx';
import { Icon } from './icon.tsx';

/** Asks for the API key. */
export function KeyForm({ isWrong }: { isWrong: boolean }) {
  const { t } = useLocale();
  const { use, forget } = useApiKey();
  const [text, setText] = useState('');
  const [isRemembered, setRemembered] = useState(false);
  return (
    <main className="boot">
      <form
        className="card key-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') use(text.trim(), isRemembered);
        }}
      >
        <Icon name="lock" size={32} />
        <h1>{t.key.title}</h1>
        <p>{t.key.help}</p>
        <label className="field">
          <span>{t.key.label}</span>
          <input
            type="password"
            name="key"
            value={text}
            autoComplete="current-password"
            onChange={(event) => setText(event.target.value)}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? 'key-wrong' : undefined}
          />
        </label>
        {isWrong && (
          <p id="key-wrong" className="problem" role="alert">
            {t.key.wrong}
          </p>
        )}
        <label className="tick">
          <input
            type="checkbox"
            checked={isRemembered}
            onChange={(event) => setRemembered(event.target.checked)}
          />
          <span>{t.key.remember}</span>
        </label>
        <div className="actions">
          <button type="submit" className="primary">
            {t.key.use}
          </button>
          {isWrong && (
            <button type="button" onClick={forget}>
              {t.shell.signOut}
            </button>
          )}
        </div>
      </form>
    </main>
  );
}
