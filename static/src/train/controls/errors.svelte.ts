/** What is wrong with the text of each box, and whose number the server refused. */
import type { Field } from "../setup/rules";
import type { Trainer } from "../trainer.svelte";

export class FieldErrors {
  #trainer: Trainer;
  #typed = $state<Partial<Record<Field, string | null>>>({});

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  set(field: Field, error: string | null): void {
    this.#typed[field] = error;
  }

  of(...fields: Field[]): string | null {
    for (const field of fields) {
      const error = this.#typed[field] ?? this.#refused(field);
      if (error) return error;
    }
    return null;
  }

  refused(field: Field): boolean {
    return this.#trainer.field === field;
  }

  #refused(field: Field): string | null {
    return this.refused(field) ? (this.#trainer.problem?.problem.detail ?? null) : null;
  }
}
