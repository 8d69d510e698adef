package dev.sluice.reconciler.namespaces;

/**
 * What happened to a namespace that its generator does not want any more.
 *
 * @param problem why it is still there and managed; empty if nothing is left to do
 */
public record PruneResult(String name, Kind kind, String problem) {

    /** What happened. */
    public enum Kind {
        DELETED,
        /** The labels of the generator are gone, everything else stays. */
        RELEASED,
        /** It is gone, belongs to others, or nobody may change it. */
        FORGOTTEN,
        /** Others use it. It stays in the inventory, but does not delay the deletion of the generator. */
        IN_USE,
        /** The generator's account may not delete it. */
        DENIED,
        FAILED
    }

    static PruneResult done(String name, Kind kind) {
        return new PruneResult(name, kind, "");
    }

    static PruneResult left(String name, Kind kind, String problem) {
        return new PruneResult(name, kind, "namespace \"%s\" is not deleted: %s".formatted(name, problem));
    }

    /** Whether it stays in the inventory. */
    public boolean isLeft() {
        return !problem.isEmpty();
    }
}
