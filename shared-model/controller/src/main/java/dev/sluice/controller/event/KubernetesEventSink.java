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
 * Stores events as core/v1 Events. An event that is the same as one before, but for its time, raises the count of that
 * one instead of making another, and an object that gives rise to many gets its further ones slowly, as with client-go:
 * after 25 one every 5 minutes, those of type {@link EventType#TRACE} counted apart. Used by one thread.
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
     * A sink of one controller.
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
     * @throws EventWithheldException when there were too many about the same object, see {@link EventBudget}
     */
    @Override
    public void send(ObjectEvent event) throws IOException {
        budget.spend(event);
        CoreV1Event stored = recent.find(event);
        CoreV1Event written = stored == null ? create(event) : countUp(stored, event);
        // most of the object, and read by nobody; without them the API server goes on with what it has
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
                // events expire after an hour; somebody may also have touched it
                return create(event);
            }
            throw e;
        }
    }

    private CoreV1Event create(ObjectEvent event) throws IOException {
        V1ObjectReference object = event.object();
        String namespace = Objects.requireNonNullElse(object.getNamespace(), CLUSTER_NAMESPACE);
        // the number tells apart what happened in the same instant
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

    /** An object's name may be as long as that of an event. */
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
