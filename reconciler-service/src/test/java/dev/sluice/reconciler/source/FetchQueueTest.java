package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FetchQueueTest {

    private static final int THREADS = 20;

    private final FetchQueue queue = new FetchQueue(THREADS, 1_000);

    @Test
    void givesANamespaceHalfOfTheThreads() {
        offer("greedy", 100);

        assertThat(started()).hasSize(THREADS / 2);
    }

    @Test
    void leavesAThreadForAnotherNamespaceWhileSourcesHang() {
        List.of("one", "two", "three", "four").forEach(namespace -> {
            offer(namespace, 100);
            assertThat(started()).isNotEmpty();
        });
        offer("victim", 1);

        assertThat(started()).containsExactly("victim");
    }

    @Test
    void givesReleasedThreadsToWaitingFetches() {
        offer("one", 100);
        offer("two", 100);
        int before = started().size();

        queue.ended("one");

        assertThat(before).isLessThan(THREADS);
        assertThat(started()).hasSize(1);
    }

    private void offer(String namespace, int count) {
        for (int i = 0; i < count; i++) {
            String url = "http://host/%s/%d".formatted(namespace, i);
            SourceRequest request = new SourceRequest(namespace, url, "sha256:1");
            assertThat(queue.offer(namespace, new SourceFetch(request, new ObjectKey(namespace, "gen"))))
                    .isTrue();
        }
    }

    /** The namespaces of all fetches that may start now. */
    private List<String> started() {
        List<String> namespaces = new ArrayList<>();
        for (FetchQueue.Next next = queue.next(); next != null; next = queue.next()) {
            namespaces.add(Objects.requireNonNull(next).namespace());
        }
        return namespaces;
    }
}
