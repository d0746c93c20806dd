/** Holds the last items in a ring. */
export class Ring<T> {
  private readonly slots: (T | undefined)[];
  private start = 0;
  size = 0;

  constructor(private readonly capacity: number) {
    this.slots = new Array(capacity);
  }

  push(item: T) {
    const at = (this.start + this.size) % this.capacity;
    this.slots[at] = item;
    if (this.size === this.capacity) this.start = (this.start + 1) % this.capacity;
    else this.size++;
  }

  toArray(): T[] {
    const items: T[] = [];
    for (let i = 0; i < this.size; i++) items.push(this.slots[(this.start + i) % this.capacity] as T);
    return items;
  }

  clear() {
    this.start = 0;
    this.size = 0;
  }
}
