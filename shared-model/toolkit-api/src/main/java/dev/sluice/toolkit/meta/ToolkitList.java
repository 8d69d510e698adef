package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of Flux objects as the API server returns it. */
public interface ToolkitList<T extends KubernetesObject> extends KubernetesListObject {

    String apiVersion();

    String kind();

    V1ListMeta metadata();

    List<T> items();

    @Override
    default String getApiVersion() {
        return apiVersion();
    }

    @Override
    default String getKind() {
        return kind();
    }

    @Override
    default V1ListMeta getMetadata() {
        return metadata();
    }

    @Override
    default List<T> getItems() {
        return items();
    }
}
