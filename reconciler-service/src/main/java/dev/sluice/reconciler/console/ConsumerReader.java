package dev.sluice.reconciler.console;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.ObjectDecoder;
import dev.sluice.reconciler.console.Consumer.Use;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lists the Kustomizations and HelmReleases that use artifacts, at most once in {@link #MAX_AGE} for all clients, and
 * only when a client requests the graph. Thread-safe.
 */
final class ConsumerReader {

    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final int PAGE_SIZE = 500;

    /** The limit for each kind. */
    private static final int MAX_PAGES = 20;

    /** No further page is requested after this time. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ApiRequests requests;
    private final String namespace;
    private final LongSupplier nanos;
    private final Recent<Consumers> recent;

    /** @param namespace the namespace to list; empty for all */
    ConsumerReader(ApiRequests requests, String namespace, LongSupplier nanos) {
        this.requests = requests;
        this.namespace = namespace;
        this.nanos = nanos;
        this.recent = new Recent<>(
                new Consumers(List.of(), List.of("The consumers are being listed.")), this::list, MAX_AGE, nanos);
    }

    /**
     * What uses artifacts.
     *
     * @param notices why some are missing
     */
    record Consumers(List<Use> uses, List<String> notices) {}

    Consumers read() {
        return recent.get();
    }

    private Consumers list() {
        List<Use> uses = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (Consumer<?> consumer : Consumer.KINDS) {
            try {
                if (!list(consumer, uses)) {
                    notices.add("Only some objects of the kind %s are shown, because there are too many."
                            .formatted(consumer.kind()));
                }
            } catch (IOException e) {
                notices.add(notice(consumer.kind(), e));
            }
        }
        return new Consumers(List.copyOf(uses), List.copyOf(notices));
    }

    /** Returns false if there are more. */
    private <T extends ToolkitObject<?, ?>> boolean list(Consumer<T> consumer, List<Use> uses) throws IOException {
        long begun = nanos.getAsLong();
        ObjectDecoder<T> decoder = new ObjectDecoder<>(consumer.type(), (object, bytes) -> {});
        String next = "";
        for (int page = 0; page < MAX_PAGES && nanos.getAsLong() - begun < PATIENCE.toNanos(); page++) {
            ListPage<T> read = requests.page(consumer.type().kind(), namespace, query(next), decoder);
            read.items().forEach(object -> consumer.use(object).ifPresent(uses::add));
            next = read.next();
            if (next.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> query(String next) {
        Map<String, String> query = new HashMap<>(Map.of("limit", Integer.toString(PAGE_SIZE)));
        if (!next.isEmpty()) {
            query.put("continue", next);
        }
        return query;
    }

    private static String notice(String kind, IOException failure) {
        String why = EscapedText.of(String.valueOf(failure.getMessage()));
        if (failure instanceof ApiRequestException refused) {
            if (refused.code() == HttpURLConnection.HTTP_FORBIDDEN) {
                why = "the service account of the reconciler is not permitted to list them; in the chart, set"
                        + " console.consumers=true";
            } else if (refused.isNotFound()) {
                why = "the cluster does not have this kind";
            }
        }
        return "Objects of the kind %s are not shown: %s.".formatted(kind, why);
    }
}
