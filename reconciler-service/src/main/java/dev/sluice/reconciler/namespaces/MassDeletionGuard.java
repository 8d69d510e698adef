package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Stops a run that would delete all namespaces of a generator, or more than half of more than three, until somebody
 * requests it after having been told: a renamed directory must not delete every tenant.
 */
final class MassDeletionGuard {

    private static final int SMALL = 3;
    private static final int MAX_SHOWN = 50;
    private static final int ID_LENGTH = 8;

    private MassDeletionGuard() {}

    /**
     * Returns why the run must not delete these namespaces; empty if it may.
     *
     * @param deleted the namespaces to delete
     * @param managed the number of namespaces that the generator managed so far
     * @param told the objection of an earlier run; empty if there was none. It stands whatever the numbers are now,
     *     because that run may have added namespaces
     * @param isRequested whether somebody has requested this run
     */
    static Optional<String> objection(
            Collection<String> deleted, int managed, Optional<String> told, boolean isRequested) {
        boolean many = deleted.size() >= managed || (managed > SMALL && deleted.size() * 2 > managed);
        if (deleted.isEmpty() || (!many && told.isEmpty())) {
            return Optional.empty();
        }
        String id = "confirmation " + id(deleted);
        boolean confirmed =
                isRequested && told.filter(text -> text.contains(id)).isPresent();
        return confirmed ? Optional.empty() : Optional.of(message(deleted, managed, id));
    }

    private static String message(Collection<String> deleted, int managed, String id) {
        List<String> names = new TreeSet<>(deleted).stream().limit(MAX_SHOWN).toList();
        return ("%d of %d managed namespaces are no longer targeted; none is deleted without a confirmation: %s%s;"
                        + " to delete them, request a reconciliation (flux reconcile artifact generator);"
                        + " to keep them, restore the artifacts that target them (%s)")
                .formatted(
                        deleted.size(),
                        managed,
                        String.join(", ", names),
                        deleted.size() > names.size() ? " and %d more".formatted(deleted.size() - names.size()) : "",
                        id);
    }

    /** Identifies the set of namespaces, so that a confirmation counts only for what it was told about. */
    private static String id(Collection<String> deleted) {
        byte[] names = String.join(",", new TreeSet<>(deleted)).getBytes(StandardCharsets.UTF_8);
        return Digest.ofBytes(DigestAlgorithm.SHA256, names).hex().substring(0, ID_LENGTH);
    }
}
