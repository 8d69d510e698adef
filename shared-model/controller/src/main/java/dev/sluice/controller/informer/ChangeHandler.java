package dev.sluice.controller.informer;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes an informer's events on as {@link Change}s. A relist that brings nothing new is silent, and an object that was
 * deleted and made again while the connection was down is a deletion and a creation.
 */
public final class ChangeHandler<T extends KubernetesObject> implements ResourceEventHandler<T> {

    private final Change<T> change;

    public ChangeHandler(Change<T> change) {
        this.change = change;
    }

    @Override
    public void onAdd(T object) {
        change.changed(null, object);
    }

    @Override
    public void onUpdate(T before, T after) {
        if (!isSame(before, after, V1ObjectMeta::getUid)) {
            change.changed(before, null);
            change.changed(null, after);
        } else if (!isSame(before, after, V1ObjectMeta::getResourceVersion)) {
            change.changed(before, after);
        }
    }

    /** The client may know of a deletion without having the object; there is nothing to tell then. */
    @Override
    public void onDelete(@Nullable T object, boolean finalStateUnknown) {
        if (object != null) {
            change.changed(object, null);
        }
    }

    private boolean isSame(T one, T other, java.util.function.Function<V1ObjectMeta, @Nullable String> field) {
        String value = field.apply(one.getMetadata());
        return value != null && Objects.equals(value, field.apply(other.getMetadata()));
    }
}
