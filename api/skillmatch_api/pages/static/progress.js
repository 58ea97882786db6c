// Follows a job by server-sent events: <div data-job="/v1/jobs/…/events" data-steps="{done} …">.
// Without this the page loads itself again every other second; with it, where nothing can be followed.

const box = document.querySelector("[data-job]");
if (box && !box.dataset.ended) {
  const events = new EventSource(box.dataset.job);
  const bar = box.querySelector("progress");
  const told = box.querySelector("[data-told]");
  events.addEventListener("progress", (event) => {
    const { done, total } = JSON.parse(event.data);
    if (!total) return;
    bar.max = total;
    bar.value = done;
    told.textContent = box.dataset.steps.replace("{done}", done).replace("{total}", total);
  });
  events.addEventListener("error", () => {
    // A broken line is mended by the browser itself, a refusal is not.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
  for (const end of ["done", "failed", "cancelled"]) {
    events.addEventListener(end, () => {
      events.close();
      location.reload();
    });
  }
}
