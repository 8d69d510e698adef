package dev.sluice.reconciler.namespaces;

import java.util.Optional;

/** What to do with a namespace that a generator wants. */
enum ApplyAction {
    CREATE,
    /** It belongs to this generator. */
    UPDATE,
    /** It belongs to no living generator. */
    ADOPT,
    /** It belongs to a generator that no longer needs it. */
    TAKE_OVER,
    /** An annotation says that it is not to be changed, or not even created. */
    LEAVE,
    /** It belongs to another generator. */
    REFUSE,
    /** It is being deleted. */
    WAIT;

    /** How a namespace relates to the generator that wants it. */
    enum Owner {
        NONE,
        SELF,
        /** Does not exist any more. */
        GONE,
        /** Is being deleted, or does not need the namespace any more. */
        LEAVING,
        OTHER
    }

    /**
     * Decides for a namespace that is not protected.
     *
     * @param current empty if it does not exist
     * @param owner only used if it exists
     */
    static ApplyAction of(DesiredNamespace desired, Optional<NamespaceState> current, Owner owner) {
        if (desired.controls().isExcluded()) {
            return LEAVE;
        }
        if (current.isEmpty()) {
            return CREATE;
        }
        if (current.get().isTerminating()) {
            return WAIT;
        }
        NamespaceControls controls = current.get().controls();
        if (controls.isExcluded()
                || controls.isIfNotPresent()
                || desired.controls().isIfNotPresent()) {
            return LEAVE;
        }
        return switch (owner) {
            case SELF -> UPDATE;
            case NONE, GONE -> ADOPT;
            case LEAVING -> TAKE_OVER;
            case OTHER -> REFUSE;
        };
    }
}
