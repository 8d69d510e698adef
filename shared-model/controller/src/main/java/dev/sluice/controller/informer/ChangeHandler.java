package dev.sluice.controller.informer;

import dev.sluice.controller.queue.Controller;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards an informer's events to a {@link ChangeListener}. Omits relists without changes. Reports an object that was
 * recreated while the connection was down as a deletion and a creation. Logs exceptions of the listener and continues.
 */
public final class ChangeHandler<T extends KubernetesObject> implements ResourceEventHandler<T> {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeHandler.class);

    private final ChangeListener<T> listener;

    public ChangeHandler(ChangeListener<T> listener) {
        this.listener = listener;
    }

    /**
     * Creates a handler that enqueues the objects of a controller when they are created or deleted, when their spec
     * changes, and when {@code flux reconcile} requests it: {@link ChangeFilter#reconcile}.
     */
    public static <T extends KubernetesObject> ChangeHandler<T> enqueuing(Controller<ObjectKey> controller) {
        return enqueuing(controller, ChangeFilter.reconcile());
    }

    /** Creates a handler that enqueues the objects of a controller when they are created, deleted, or changed so. */
    public static <T extends KubernetesObject> ChangeHandler<T> enqueuing(
            Controller<ObjectKey> controller, ChangeFilter<? super T> filter) {
        return new ChangeHandler<>((before, after) -> {
            if (after == null) {
                controller.gone(ObjectKey.of(Objects.requireNonNull(before)));
            } else if (before == null || filter.test(before, after)) {
                controller.enqueue(ObjectKey.of(after));
            }
        });
    }

    @Override
    public void onAdd(T object) {
        notifyListener(null, object);
    }

    @Override
    public void onUpdate(T before, T after) {
        if (!isSame(before, after, V1ObjectMeta::getUid)) {
            notifyListener(before, null);
            notifyListener(null, after);
        } else if (!isSame(before, after, V1ObjectMeta::getResourceVersion)) {
            notifyListener(before, after);
        }
    }

    /** The client may report a deletion without the object; such an event is omitted. */
    @Override
    public void onDelete(@Nullable T object, boolean finalStateUnknown) {
        if (object != null) {
            notifyListener(object, null);
        }
    }

    private void notifyListener(@Nullable T before, @Nullable T after) {
        try {
            listener.changed(before, after);
        } catch (RuntimeException | Error e) {
            T object = after == null ? before : after;
            LOG.atError()
                    .addKeyValue("object", object == null ? "" : ObjectKey.of(object))
                    .setCause(e)
                    .log("change handler failed");
        }
    }

    private boolean isSame(T one, T other, java.util.function.Function<V1ObjectMeta, @Nullable String> field) {
        String value = field.apply(one.getMetadata());
        return value != null && Objects.equals(value, field.apply(other.getMetadata()));
    }
}
