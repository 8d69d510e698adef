package dev.sluice.controller.event;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1EventSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Stores events as core/v1 Events. Like client-go, it increments the count of an earlier event that differs only in its
 * time, and limits the rate per object: 25 events, then one every 5 minutes; {@link EventType#TRACE} counts separately.
 * Confined to one thread.
 */
public final class KubernetesEventSink implements EventSink {

    static final ApiKind KIND = new ApiKind("", "v1", "Event", "events");

    private static final int MAX_NAME = 253;
    private static final String CLUSTER_NAMESPACE = "default";

    private final ApiRequests requests;
    private final String component;
    private final String instance;
    private final EventBudget budget = new EventBudget();
    private long created;
    private final RecentEvents recent = new RecentEvents();

    /**
     * Creates a sink for one controller.
     *
     * @param component the controller's name
     * @param instance the process, usually the host name
     */
    public KubernetesEventSink(ApiRequests requests, String component, String instance) {
        this.requests = requests;
        this.component = component;
        this.instance = instance;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    /**
     * {@inheritDoc}
     *
     * @throws EventWithheldException if the rate limit for the object is exceeded, see {@link EventBudget}
     */
    @Override
    public void send(ObjectEvent event) throws IOException {
        budget.spend(event);
        CoreV1Event stored = recent.find(event);
        CoreV1Event written = stored == null ? create(event) : countUp(stored, event);
        // managed fields are most of the object and are not needed; without them the API server keeps its own
        written.getMetadata().setManagedFields(null);
        recent.remember(event, written);
    }

    private CoreV1Event countUp(CoreV1Event stored, ObjectEvent event) throws IOException {
        int count = Objects.requireNonNullElse(stored.getCount(), 1) + 1;
        stored.count(count).lastTimestamp(time(event));
        try {
            return requests.replace(KIND, ObjectKey.of(stored.getMetadata()), stored, CoreV1Event.class);
        } catch (ApiRequestException e) {
            if (e.isNotFound() || e.isConflict()) {
                // the event has expired (after an hour) or was changed by another client
                return create(event);
            }
            throw e;
        }
    }

    private CoreV1Event create(ObjectEvent event) throws IOException {
        V1ObjectReference object = event.object();
        String namespace = Objects.requireNonNullElse(object.getNamespace(), CLUSTER_NAMESPACE);
        // the counter distinguishes events of the same instant
        String suffix = Long.toHexString(ChronoUnit.NANOS.between(Instant.EPOCH, event.time()) + created++);
        CoreV1Event fresh = new CoreV1Event()
                .apiVersion(KIND.apiVersion())
                .kind(KIND.kind())
                .metadata(new V1ObjectMeta().namespace(namespace).name(name(object.getName(), suffix)))
                .involvedObject(object)
                .type(event.type().stored())
                .reason(event.reason())
                .message(ObjectEvent.cut(event.message(), Conditions.MAX_MESSAGE_LENGTH))
                .source(new V1EventSource().component(component))
                .reportingComponent(component)
                .reportingInstance(instance)
                .firstTimestamp(time(event))
                .lastTimestamp(time(event))
                .count(1);
        if (!event.annotations().isEmpty()) {
            fresh.getMetadata().annotations(event.annotations());
        }
        return requests.create(KIND, ObjectKey.of(fresh.getMetadata()), fresh, CoreV1Event.class);
    }

    private static OffsetDateTime time(ObjectEvent event) {
        return event.time().atOffset(ZoneOffset.UTC);
    }

    /** Truncates the object's name, because an event's name has the same maximum length. */
    private static String name(String object, String suffix) {
        int room = MAX_NAME - suffix.length() - 1;
        if (object.length() <= room) {
            return object + "." + suffix;
        }
        String start = object.substring(0, room);
        while (start.endsWith("-") || start.endsWith(".")) {
            start = start.substring(0, start.length() - 1);
        }
        return start + "." + suffix;
    }
}
