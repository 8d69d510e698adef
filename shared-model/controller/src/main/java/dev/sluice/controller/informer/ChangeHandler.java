package dev.sluice.controller.informer;

import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes an informer's events on as {@link ChangeListener}s. A relist that brings nothing new is silent, and an object that was
 * deleted and made again while the connection was down is a deletion and a creation. What a {@link ChangeListener} throws is
 * logged, and the events go on.
 */
public final class ChangeHandler<T extends KubernetesObject> implements ResourceEventHandler<T> {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeHandler.class);

    private final ChangeListener<T> change;

    public ChangeHandler(ChangeListener<T> change) {
        this.change = change;
    }

    @Override
    public void onAdd(T object) {
        tell(null, object);
    }

    @Override
    public void onUpdate(T before, T after) {
        if (!isSame(before, after, V1ObjectMeta::getUid)) {
            tell(before, null);
            tell(null, after);
        } else if (!isSame(before, after, V1ObjectMeta::getResourceVersion)) {
            tell(before, after);
        }
    }

    /** The client may know of a deletion without having the object; there is nothing to tell then. */
    @Override
    public void onDelete(@Nullable T object, boolean finalStateUnknown) {
        if (object != null) {
            tell(object, null);
        }
    }

    private void tell(@Nullable T before, @Nullable T after) {
        try {
            change.changed(before, after);
        } catch (RuntimeException | Error e) {
            T object = after == null ? before : after;
            LOG.atError()
                    .addKeyValue("object", object == null ? "" : ObjectKey.of(object))
                    .setCause(e)
                    .log("A change handler failed");
        }
    }

    private boolean isSame(T one, T other, java.util.function.Function<V1ObjectMeta, @Nullable String> field) {
        String value = field.apply(one.getMetadata());
        return value != null && Objects.equals(value, field.apply(other.getMetadata()));
    }
}
