package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.Source;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the state of sources and artifacts for every status that the API can show. */
class SourceItemsTest {

    private static final String ARTIFACT =
            "\"artifact\": {\"path\": \"p\", \"url\": \"http://x/p\", \"revision\": \"main@sha1:1\", \"size\": 7,"
                    + " \"lastUpdateTime\": \"2026-11-01T00:00:00Z\"}";

    /** @param metadata further fields; likewise of the spec and the status */
    record Case(String name, String metadata, String spec, String status, State state, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> states() {
        return Stream.of(
                new Case("new", "", "", "", State.PENDING, "has no artifact yet"),
                new Case("ready", "", "", ready("True", "Succeeded", "stored") + "," + ARTIFACT, State.READY, ""),
                new Case(
                        "ready, but without an artifact",
                        "",
                        "",
                        ready("True", "Succeeded", "stored"),
                        State.PENDING,
                        "has no artifact yet"),
                new Case("ready without conditions", "", "", ARTIFACT, State.READY, ""),
                new Case(
                        "waiting",
                        "",
                        "",
                        ready("Unknown", "Progressing", "building artifact"),
                        State.WAITING,
                        "Progressing: building artifact"),
                new Case(
                        "failing, with its last artifact",
                        "",
                        "",
                        ready("False", "GitOperationFailed", "timeout") + "," + ARTIFACT,
                        State.FAILING,
                        "GitOperationFailed: timeout"),
                new Case(
                        "stalled",
                        "",
                        "",
                        "\"conditions\": [" + condition("Stalled", "True", "URLInvalid", "bad") + ", "
                                + condition("Ready", "False", "URLInvalid", "bad") + "]",
                        State.STALLED,
                        "URLInvalid: bad"),
                new Case(
                        "suspended after a failure",
                        "",
                        ", \"suspend\": true",
                        ready("False", "GitOperationFailed", "timeout"),
                        State.SUSPENDED,
                        "suspended by spec.suspend"),
                new Case(
                        "deleting",
                        ", \"deletionTimestamp\": \"2026-11-01T00:00:00Z\"",
                        ", \"suspend\": true",
                        "",
                        State.DELETING,
                        "is being deleted"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void tellsTheStateOfASource(Case given) {
        Item item = SourceItems.of(Item.Group.SOURCES, "GitRepository", source(given, GitRepository.class));

        assertThat(item.state()).isEqualTo(given.state);
        assertThat(item.message()).isEqualTo(given.message);
        assertThat(item.advice().isEmpty()).isEqualTo(!item.state().isProblem());
    }

    @ParameterizedTest
    @MethodSource("states")
    void tellsTheStateOfAnArtifact(Case given) {
        Item item = SourceItems.of(Item.Group.ARTIFACTS, "ExternalArtifact", source(given, ExternalArtifact.class));

        assertThat(item.advice()).isEmpty();
        assertThat(item.revision()).isEqualTo(given.status.contains("artifact\":") ? "main@sha1:1" : "");
        if (!given.spec.contains("suspend")) {
            assertThat(item.state()).isEqualTo(given.state);
        }
    }

    private static <T extends Source<?, ?>> T source(Case given, Class<T> type) {
        String json = """
                {"metadata": {"namespace": "apps", "name": "app"%s},
                 "spec": {"interval": "1m", "url": "http://x"%s}, "status": {%s}}""".formatted(given.metadata, given.spec, given.status);
        return ToolkitJson.gson().fromJson(json, type);
    }

    private static String ready(String status, String reason, String message) {
        return "\"conditions\": [" + condition("Ready", status, reason, message) + "]";
    }

    private static String condition(String type, String status, String reason, String message) {
        return "{\"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\", \"message\": \"%s\"}"
                .formatted(type, status, reason, message);
    }
}
