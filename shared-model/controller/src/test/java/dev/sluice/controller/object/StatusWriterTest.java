package dev.sluice.controller.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusWriterTest {

    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");
    private static final String OBJECT = """
            {"metadata":{"namespace":"apps","name":"one","uid":"u1","generation":3,
               "annotations":{"reconcile.fluxcd.io/requestedAt":"now"}},
             "spec":{"content":"x"},
             "status":{"names":["a"],"conditions":[{"type":"Custom","status":"True","reason":"R","message":"m",
               "lastTransitionTime":"2026-06-01T00:00:00Z"}]}}""";

    private final StoredObject stored = new StoredObject(OBJECT);
    private Instant now = NOW;
    private final StatusWriter<TestSource> statuses = new StatusWriter<>(
            new ObjectWriter<>(new ApiRequests(stored.api.client(), Duration.ofSeconds(30)), TestSource.TYPE, "maker"),
            TestSource.TYPE,
            (InstantSource) () -> now);

    private static List<String> conditions(TestSource object) {
        return object.conditions().stream()
                .map(c -> c.getType() + "=" + c.getStatus() + " " + c.getReason() + ": " + c.getMessage())
                .toList();
    }

    private TestSource.Status status() {
        return Objects.requireNonNull(stored.read().status());
    }

    @Test
    void successSetsReadyAndKeepsTheRest() throws IOException {
        TestSource ready = statuses.ready(stored.read(), "stored x", StatusExtras.NONE.with("digest", "sha256:ab"))
                .orElseThrow();

        assertThat(conditions(ready)).containsExactly("Ready=True Succeeded: stored x", "Custom=True R: m");
        assertThat(status())
                .isEqualTo(ready.status())
                .matches(status -> Objects.equals(status.observedGeneration(), 3L))
                .matches(status -> "now".equals(status.lastHandledReconcileAt()))
                .matches(status ->
                        "sha256:ab".equals(status.digest()) && status.names().equals(List.of("a")));
        assertThat(stored.writes()).isEqualTo(1);
    }

    @Test
    void nothingIsSentIfNothingChanges() throws IOException {
        statuses.ready(stored.read(), "stored x", StatusExtras.NONE);
        now = NOW.plusSeconds(60);
        TestSource same =
                statuses.ready(stored.read(), "stored x", StatusExtras.NONE).orElseThrow();

        assertThat(stored.writes()).isEqualTo(1);
        assertThat(Conditions.find(same.conditions(), "Ready").map(V1Condition::getLastTransitionTime))
                .hasValueSatisfying(since -> assertThat(since.toInstant()).isEqualTo(NOW));
    }

    @Test
    void aRunPassesThroughProgressFailureAndStall() throws IOException {
        TestSource running = statuses.progressing(stored.read(), "fetching").orElseThrow();
        assertThat(conditions(running))
                .startsWith("Reconciling=True Progressing: fetching", "Ready=Unknown Progressing: fetching");
        assertThat(status().observedGeneration()).isNull();

        TestSource failed = statuses.failed(running, "FetchFailed", "HTTP 500", StatusExtras.NONE)
                .orElseThrow();
        assertThat(conditions(failed))
                .startsWith(
                        "Reconciling=True ProgressingWithRetry: reconciliation failed; retrying",
                        "Ready=False FetchFailed: HTTP 500");
        assertThat(status().observedGeneration()).isNull();

        TestSource stalled = statuses.stalled(failed, "InvalidSpec", "no URL", StatusExtras.NONE)
                .orElseThrow();
        assertThat(conditions(stalled))
                .startsWith("Stalled=True InvalidSpec: no URL", "Ready=False InvalidSpec: no URL");
        assertThat(status().observedGeneration()).isEqualTo(3);

        assertThat(conditions(statuses.ready(stalled, "done", StatusExtras.NONE).orElseThrow()))
                .containsExactly("Ready=True Succeeded: done", "Custom=True R: m");
    }

    @Test
    void setsAndRemovesFurtherFieldsAndConditions() throws IOException {
        StatusExtras extras = StatusExtras.NONE
                .with("names", List.of("b"))
                .with("digest", "x")
                .withCondition("SourceVerified", "True", "Succeeded", "cosign")
                .withoutCondition("Custom");
        TestSource first = statuses.ready(stored.read(), "done", extras).orElseThrow();
        assertThat(conditions(first))
                .containsExactly("Ready=True Succeeded: done", "SourceVerified=True Succeeded: cosign");

        TestSource second = statuses.ready(
                        first, "done", StatusExtras.NONE.with("digest", null).with("names", List.of()))
                .orElseThrow();
        assertThat(status().digest()).isNull();
        assertThat(status().names()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statuses.ready(second, "done", StatusExtras.NONE.with("digset", "x")))
                .withMessage("Status has no field \"digset\"");
    }

    /** The report is about the generation that was reconciled; conditions of others are kept. */
    @Test
    void aConflictIsRetriedWithTheNewerVersion() throws IOException {
        TestSource reconciled = stored.read();
        stored.edit("""
                {"metadata":{"generation":4},"status":{"conditions":[{"type":"Other","status":"True"}]}}""");
        statuses.progressing(stored.read(), "another writer"); // the version is newer now

        TestSource ready = statuses.ready(reconciled, "done", StatusExtras.NONE).orElseThrow();

        assertThat(conditions(ready)).containsExactly("Ready=True Succeeded: done", "Other=True null: null");
        assertThat(status().observedGeneration()).isEqualTo(3);
    }

    @Test
    void aRecreatedObjectIsLeftAlone() throws IOException {
        TestSource reconciled = stored.read();
        statuses.progressing(reconciled, "x");
        stored.edit("{\"metadata\":{\"uid\":\"u2\"}}");
        long before = stored.writes();

        assertThat(statuses.ready(reconciled, "done", StatusExtras.NONE)).isEmpty();
        assertThat(stored.writes()).isEqualTo(before + 1); // refused
        assertThat(conditions(stored.read())).noneMatch(condition -> condition.contains("done"));
    }
}
