package dev.sluice.reconciler.namespaces;

import java.util.Optional;

/** What to do with a namespace in the inventory that its generator does not want any more. */
enum PruneAction {
    DELETE,
    /** Removes the two labels of its generator, and leaves everything else. */
    RELEASE,
    /** Leaves it as it is, and removes it from the inventory. */
    FORGET;

    /**
     * Decides for a namespace.
     *
     * @param current empty if it does not exist
     * @param origin how it came to the generator; empty if the generator does not manage it
     * @param isProtected whether the controller never changes it
     * @param prune whether the generator deletes namespaces
     * @param isDelegated whether another object is responsible for its deletion
     */
    static PruneAction of(
            Optional<NamespaceState> current,
            Optional<NamespaceOrigin> origin,
            boolean isProtected,
            boolean prune,
            boolean isDelegated) {
        if (current.isEmpty() || current.get().isTerminating() || isProtected || origin.isEmpty()) {
            return FORGET;
        }
        NamespaceControls controls = current.get().controls();
        if (controls.isExcluded()) {
            return FORGET;
        }
        if (!prune) {
            return RELEASE;
        }
        if (isDelegated) {
            return FORGET;
        }
        boolean existedBefore = origin.get() == NamespaceOrigin.ADOPTED && !controls.isPruned();
        return controls.isKept() || existedBefore ? RELEASE : DELETE;
    }
}
