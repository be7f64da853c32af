// What people have chosen and typed in the blocks of one message, modal or Home, by block and action.

/** The values of one container; a value a person touched outlives a redraw, an untouched one follows the bot. */
export class Inputs {
  #values = new Map();

  static key(block, action) {
    return `${block}\u0000${action}`;
  }

  /** Declares an input while it is drawn, and answers the value to show. */
  start(block, action, initial) {
    const key = Inputs.key(block, action);
    const kept = this.#values.get(key);
    if (kept?.touched) return kept.value;
    this.#values.set(key, { block, action, value: initial, touched: false });
    return initial;
  }

  set(block, action, value) {
    this.#values.set(Inputs.key(block, action), { block, action, value, touched: true });
  }

  /** Forgets the inputs of blocks that are no longer there. */
  keepOnly(blocks) {
    for (const [key, entry] of this.#values) if (!blocks.has(entry.block)) this.#values.delete(key);
  }

  /** {block_id: {action_id: value}} of all inputs. */
  state() {
    const state = {};
    for (const { block, action, value } of this.#values.values()) (state[block] ??= {})[action] = value;
    return state;
  }
}
