package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.console.EventReader.Event;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what the console reads about a generator's events and the leader, and how many requests it sends. */
class EventReaderTest {

    private static final String EVENTS = "/api/v1/namespaces/apps/events";

    private final long[] now = {0};
    private FakeApi api;
    private EventReader reader;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        reader = new EventReader(api.client(), () -> now[0]);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsTheNewestEventsFirst() {
        api.answer(EVENTS, FakeApi.list("", """
                {"type": "Normal", "reason": "Old", "message": "a", "lastTimestamp": "2026-11-01T00:00:00Z", "count": 3},
                {"type": "Warning", "reason": "New", "message": "\\u202eb", "eventTime": "2026-11-01T00:01:00.000000Z",
                 "lastTimestamp": null},
                {"reason": "Timeless", "lastTimestamp": "yesterday", "count": "x"}
                """));

        assertThat(reader.of(Samples.key("gen")).notice()).isEmpty();
        assertThat(reader.of(Samples.key("gen")).events())
                .containsExactly(
                        new Event("Warning", "New", "\\u202eb", 1, Instant.parse("2026-11-01T00:01:00Z")),
                        new Event("Normal", "Old", "a", 3, Instant.parse("2026-11-01T00:00:00Z")),
                        new Event("", "Timeless", "", 1, null));
        assertThat(api.queries())
                .singleElement()
                .asString()
                .contains("limit=500", "involvedObject.kind=ArtifactGenerator,involvedObject.name=gen");
        now[0] = EventReader.MAX_AGE.toNanos();
        assertThat(reader.of(Samples.key("gen")).events()).hasSize(3);
        assertThat(api.queries()).hasSize(2);
    }

    @Test
    void readsFurtherPagesBecauseTheNewestEventsAreLast() {
        api.answer(EVENTS, FakeApi.list("more", """
                {"type": "Normal", "reason": "Old", "lastTimestamp": "2026-11-01T00:00:00Z"}
                """));
        api.answer(EVENTS + " more", FakeApi.list("", """
                {"type": "Normal", "reason": "New", "lastTimestamp": "2026-11-01T00:01:00Z"}
                """));

        assertThat(reader.of(Samples.key("gen")).events())
                .extracting(Event::reason)
                .containsExactly("New", "Old");
    }

    @Test
    void saysWhyThereAreNone() {
        api.answer(EVENTS, "403");

        assertThat(reader.of(Samples.key("gen")).notice())
                .contains("is not permitted to list events", "console.events=true");
        assertThat(reader.of(new ObjectKey("other", "gen")).notice()).contains("HTTP 404");
    }

    @Test
    void namesThePodThatLeads() {
        LeaderReader leader = new LeaderReader(api.client(), new ObjectKey("flux-system", "source-watcher"));
        String lease = "/apis/coordination.k8s.io/v1/namespaces/flux-system/leases/source-watcher";

        assertThat(leader.read()).isEqualTo("none: the Lease flux-system/source-watcher does not exist");
        api.answer(lease, "{\"spec\": {\"holderIdentity\": \"sluice-7d9f_5b0c6f5e\"}}");
        assertThat(leader.read()).isEqualTo("sluice-7d9f");
        api.answer(lease, "{\"spec\": {\"holderIdentity\": \"\"}}");
        assertThat(leader.read()).isEqualTo("none at present");
        api.answer(lease, "403");
        assertThat(leader.read()).startsWith("unknown: ").contains("HTTP 403");
    }
}
