package dev.sluice.controller.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinalizerStepTest {

    private static final String FINALIZER = "example.com/maker";

    private final StoredObject stored = new StoredObject("""
            {"metadata":{"namespace":"apps","name":"one","uid":"u1","finalizers":["other/one"]},
             "spec":{"content":"x"}}""");
    private final FinalizerStep<TestSource> step = new FinalizerStep<>(
            new ObjectWriter<>(new ApiRequests(stored.api.client(), Duration.ofSeconds(30)), TestSource.TYPE, "maker"),
            FINALIZER);
    private final List<String> cleaned = new ArrayList<>();

    private void clean(TestSource object) {
        cleaned.add(object.key().toString());
    }

    @Test
    void addsTheFinalizerOnce() throws IOException {
        TestSource first = step.run(stored.read(), this::clean).orElseThrow();
        TestSource second = step.run(first, this::clean).orElseThrow();

        assertThat(second.metadata().getFinalizers()).containsExactly("other/one", FINALIZER);
        assertThat(stored.writes()).isEqualTo(1);
        assertThat(cleaned).isEmpty();
    }

    @Test
    void cleansUpBeforeItRemovesTheFinalizer() throws IOException {
        step.run(stored.read(), this::clean);
        stored.edit("{\"metadata\":{\"deletionTimestamp\":\"2026-07-01T10:00:00Z\"}}");

        assertThatThrownBy(() -> step.run(stored.read(), object -> {
                    throw new IOException("cannot delete");
                }))
                .hasMessage("cannot delete");
        assertThat(stored.read().metadata().getFinalizers()).contains(FINALIZER);

        assertThat(step.run(stored.read(), this::clean)).isEmpty();
        assertThat(stored.read().metadata().getFinalizers()).containsExactly("other/one");
        assertThat(step.run(stored.read(), this::clean)).isEmpty();
        assertThat(cleaned).containsExactly("apps/one");
    }

    @Test
    void refersToTheObject() {
        TestSource object = stored.read();

        assertThat(Owners.controllerOf(object))
                .isEqualTo(new V1OwnerReference()
                        .apiVersion("example.com/v1")
                        .kind("TestSource")
                        .name("one")
                        .uid("u1")
                        .controller(true));
        assertThat(Owners.sourceOf(object))
                .isEqualTo(new NamespacedObjectKindReference("example.com/v1", "TestSource", "one", "apps"));
        assertThat(Owners.isSource(Owners.sourceOf(object), object)).isTrue();
        assertThat(Owners.isSource(
                        new NamespacedObjectKindReference("example.com/v2", "TestSource", "one", "apps"), object))
                .as("another version of the same kind")
                .isTrue();
        assertThat(Owners.isSource(
                        new NamespacedObjectKindReference("other.com/v1", "TestSource", "one", "apps"), object))
                .isFalse();
        assertThat(Owners.isSource(null, object)).isFalse();
        TestSource unread = object.withMetadata(new V1ObjectMeta().name("one"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Owners.controllerOf(unread))
                .withMessage("cannot refer to TestSource one: it has no UID");
    }
}
