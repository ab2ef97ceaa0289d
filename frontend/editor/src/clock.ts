// The clock. The server's time counts; the browser's own may be wrong by hours.
const TOLD_AT_S = [600, 300, 60];

export function startClock(place: HTMLElement, spoken: HTMLElement, onEnd: () => void): void {
  const ends = Date.parse(place.dataset["ends"] ?? "");
  const offset = Date.parse(place.dataset["now"] ?? "") - Date.now();
  if (Number.isNaN(ends)) return;
  let told = Infinity;
  const tick = (): void => {
    const left = Math.max(0, Math.round((ends - Date.now() - offset) / 1000));
    place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.classList.toggle("warning", left <= 60);
    const due = TOLD_AT_S.find((at) => left <= at && told > at && left > at - 5);
    if (due !== undefined) {
      told = due;
      spoken.textContent = due === 60 ? "One minute left." : `${due / 60} minutes left.`;
    }
    if (left === 0) {
      window.clearInterval(timer);
      onEnd();
    }
  };
  const timer = window.setInterval(tick, 1000);
  tick();
}
