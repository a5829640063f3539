import { useEffect, useRef, useState } from 'react';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useAlertEvents } from '../../live/alert-stream.tsx';

/** Length and pitches of the two tones, s and Hz: higher for what is critical. */
const toneSeconds = 0.16;
const pitches = { CRITICAL: [880, 1175], other: [587, 784] } as const;

/** Two short tones when alerts open or get worse, only when asked for: browsers allow sound after a click alone. */
export function SoundSwitch() {
  const { t } = useLocale();
  const [isOn, setOn] = useState(false);
  const audio = useRef<AudioContext | null>(null);
  useEffect(() => () => void audio.current?.close(), []);
  useAlertEvents((events) => {
    const urgent = events.filter(({ reason }) => reason === 'OPENED' || reason === 'ESCALATED');
    if (!isOn || urgent.length === 0 || audio.current === null) return;
    const isCritical = urgent.some(({ alert }) => alert.severity === 'CRITICAL');
    play(audio.current, isCritical ? pitches.CRITICAL : pitches.other);
  });
  if (!('AudioContext' in window)) return null;
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => {
        audio.current ??= new AudioContext();
        if (!isOn) play(audio.current, pitches.other);
        setOn(!isOn);
      }}
    >
      {t.telling.sound}
    </button>
  );
}

function play(audio: AudioContext, tones: readonly number[]): void {
  for (const [index, pitch] of tones.entries()) {
    const at = audio.currentTime + index * toneSeconds;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + toneSeconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + toneSeconds);
  }
}
