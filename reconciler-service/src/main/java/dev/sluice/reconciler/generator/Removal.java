package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.List;

/**
 * What became of objects that a generator does not want any more.
 *
 * @param removed the objects that are gone with their files
 * @param leftovers the objects that could not be removed
 */
record Removal(List<ObjectKey> removed, List<OrphanRemover.Leftover> leftovers) {

    static final Removal NONE = new Removal(List.of(), List.of());

    Removal {
        removed = List.copyOf(removed);
        leftovers = List.copyOf(leftovers);
    }

    static Removal of(ObjectKey removed) {
        return new Removal(List.of(removed), List.of());
    }

    static Removal left(OrphanRemover.Leftover leftover) {
        return new Removal(List.of(), List.of(leftover));
    }

    static Removal all(List<Removal> removals) {
        return new Removal(
                removals.stream().flatMap(one -> one.removed.stream()).toList(),
                removals.stream().flatMap(one -> one.leftovers.stream()).toList());
    }

    Removal andLeft(List<OrphanRemover.Leftover> others) {
        return all(List.of(this, new Removal(List.of(), others)));
    }

    Removal withoutDenials() {
        return new Removal(
                removed,
                leftovers.stream().filter(leftover -> !leftover.isDenied()).toList());
    }
}
