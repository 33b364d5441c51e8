// As much of React as a hook needs: refs that stay, effects that run after a render when what they depend on changed.
let cells = [];
let at = 0;
let waiting = [];

export function useRef(current) {
  return (cells[at++] ??= { current });
}

export function useEffect(effect, needs) {
  const cell = (cells[at++] ??= {});
  if (cell.needs?.every((need, index) => Object.is(need, needs[index]))) return;
  cell.needs = needs;
  waiting.push(() => {
    cell.end?.();
    cell.end = effect();
  });
}

export function render(component) {
  at = 0;
  component();
  const effects = waiting;
  waiting = [];
  for (const effect of effects) effect();
}

export function unmount() {
  for (const cell of cells) cell.end?.();
  cells = [];
}
