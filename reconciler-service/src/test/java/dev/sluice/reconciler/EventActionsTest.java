package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventActionsTest {

    private record Case(String reason, String message, String action) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("SourceFetchFailed", "get sources failed: source 'app' not found", "ResolveSource"),
                new Case("SourceFetchFailed", "fetch sources failed: source 'app': HTTP 404", "FetchSource"),
                new Case("BuildFailed", "app build failed: x", "Build"),
                new Case("BuildFailed", "app inputs failed: x", "Build"),
                new Case("ReconciliationFailed", "app reconcile failed: x", "Publish"),
                new Case("AccessDenied", "x", "Publish"),
                new Case("OwnershipConflict", "x", "Publish"),
                new Case("Adopted", "x", "Publish"),
                new Case("PruneFailed", "failed to prune 1 object(s), retrying", "Reconcile"),
                new Case("ValidationFailed", "x", "Reconcile"),
                new Case("StatusRefused", "x", "Reconcile"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWarningHasTheActionOfTheReference(Case given) {
        assertThat(EventActions.ofWarning(given.reason(), given.message()).value())
                .isEqualTo(given.action());
    }
}
