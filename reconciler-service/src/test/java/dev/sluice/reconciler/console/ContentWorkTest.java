package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.source.SourceCacheStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.function.ServerResponse;

class ContentWorkTest {

    private static final String GREEDY = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    private final GeneratorInformers informers = CachedObjects.none();
    private final VisibleNamespaces namespaces = VisibleNamespaces.parse("");
    private final ContentWork work = new ContentWork(new PageResponses(
            new ItemReader(informers, namespaces, () -> 0, System::nanoTime),
            namespaces,
            new Glance(
                    false,
                    () -> true,
                    Samples.key("lease"),
                    new SourceCacheStats(),
                    () -> {
                        throw new IllegalStateException("not needed");
                    },
                    Path.of(""))));
    private final List<Integer> statuses = new ArrayList<>();

    @Test
    void oneClientCannotOccupyAllPlaces() {
        respond(
                GREEDY,
                () -> respond(GREEDY, () -> {
                    respond(GREEDY, () -> {});
                    respond(OTHER, () -> respond(OTHER, () -> {}));
                }));

        assertThat(statuses)
                .as("the third page of a client, the fourth of all, then the rest from the inside")
                .containsExactly(503, 503, 200, 200, 200);
        statuses.clear();
        respond(OTHER, () -> respond(OTHER, () -> {}));
        assertThat(statuses).as("places that are free again").containsExactly(200, 200);
    }

    /** Responds while other pages are being computed. */
    private void respond(String address, Runnable meanwhile) {
        ServerResponse response = work.respond(address, Samples.key("part"), () -> {
            meanwhile.run();
            return ServerResponse.ok().build();
        });
        statuses.add(response.statusCode().value());
    }
}
