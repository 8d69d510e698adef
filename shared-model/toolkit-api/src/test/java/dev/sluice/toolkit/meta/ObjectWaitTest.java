package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseList;
import dev.sluice.toolkit.meta.ScriptedApi.Answer;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectWaitTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "web");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(5);

    private static final ObjectWait.Goal<HelmRelease> READY =
            new ObjectWait.Goal<>("is not ready", HelmRelease::isReady);

    private final ScriptedApi server = new ScriptedApi();
    private final GenericKubernetesApi<HelmRelease, HelmReleaseList> releases = HelmRelease.TYPE.api(server.client());
    private final List<String> versions = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer release(String version, String ready) {
        return new Answer(200, """
                {"metadata":{"namespace":"apps","name":"web","resourceVersion":"%s"},"spec":{"interval":"5m"},
                 "status":{"conditions":[{"type":"Ready","status":"%s","message":"m%s"}]}}""".formatted(version, ready, version));
    }

    private void seen(HelmRelease release) {
        versions.add(String.valueOf(release.metadata().getResourceVersion()));
    }

    @Test
    void waitsThroughFailuresAndReportsEachChangeOnce() throws Exception {
        server.answer(
                release("1", "Unknown"),
                new Answer(503, "{}"),
                release("1", "Unknown"),
                new Answer(429, "{}"),
                release("2", "False"),
                release("3", "True"));

        HelmRelease ready = ObjectWait.await(releases, KEY, READY, LONG, this::seen, SHORT);

        assertThat(ready.metadata().getResourceVersion()).isEqualTo("3");
        assertThat(versions).containsExactly("1", "2", "3");
    }

    @Test
    void aReadyObjectNeedsNoWait() throws Exception {
        server.answer(release("1", "True"));

        assertThat(ObjectWait.awaitReady(releases, KEY, Duration.ZERO, this::seen)
                        .isReady())
                .isTrue();
    }

    @Test
    void theTimeoutNamesTheConditions() {
        server.answer(release("1", "False"));

        assertThatThrownBy(() -> ObjectWait.await(releases, KEY, READY, SHORT, this::seen, SHORT))
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("HelmRelease apps/web is not ready within PT0.005S; its conditions:")
                .hasMessageContaining("m1");
    }

    @Test
    void aMissingObjectEndsTheWait() {
        server.answer(new Answer(404, "{\"kind\":\"Status\",\"code\":404}"));

        assertThatThrownBy(() -> ObjectWait.awaitReady(releases, KEY, LONG, this::seen))
                .isInstanceOf(ApiException.class);
    }

    private static Answer terminating(String uid) {
        return new Answer(200, """
                {"metadata":{"namespace":"apps","name":"web","uid":"%s","finalizers":["example.com/it"]},
                 "spec":{"interval":"5m"}}""".formatted(uid));
    }

    @Test
    void waitsUntilAnObjectIsGone() throws Exception {
        server.answer(
                terminating("a"),
                new Answer(503, "{}"),
                terminating("a"),
                new Answer(404, "{\"kind\":\"Status\",\"code\":404}"));
        ObjectWait.awaitGone(releases, KEY, LONG, SHORT);

        server.answer(terminating("a"), terminating("b"));
        ObjectWait.awaitGone(releases, KEY, LONG, SHORT);
    }

    @Test
    void theTimeoutNamesTheFinalizers() {
        server.answer(terminating("a"));

        assertThatThrownBy(() -> ObjectWait.awaitGone(releases, KEY, SHORT, SHORT))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("HelmRelease apps/web still exists after PT0.005S; its finalizers: [example.com/it]");
    }

    @Test
    void aServerThatCannotBeReachedIsTriedUntilTheTimeout() {
        server.close();

        assertThatThrownBy(() -> ObjectWait.await(releases, KEY, READY, SHORT, this::seen, SHORT))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("it could not be read");
    }
}
