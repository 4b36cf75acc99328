/** Code that `code-lezer` shows. */
export const sample = `import {useState} from 'react';

// Counts its clicks.
export function Counter({step = 1}: Props) {
  const [count, setCount] = useState<number>(0);
  const label = \`clicked \${count} times\`;
  if (count > 10 && !label.match(/^no$/i)) return null;
  return <button onClick={() => setCount(count + step)}>{label}</button>;
}`;
