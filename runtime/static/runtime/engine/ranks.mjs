// The ranks of the cells that wait, smallest first: a binary heap of numbers.

export class Ranks {
  #heap = [];

  push(rank) {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above] <= rank) break;
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = rank;
  }

  // The smallest, or undefined when nothing waits.
  pop() {
    const heap = this.#heap;
    const smallest = heap[0];
    const last = heap.pop();
    if (heap.length > 0) this.#sink(last);
    return smallest;
  }

  #sink(rank) {
    const heap = this.#heap;
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      if (below + 1 < heap.length && heap[below + 1] < heap[below]) below += 1;
      if (heap[below] >= rank) break;
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = rank;
  }
}
