package dev.sluice.controller.object;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ToolkitList;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A custom resource of a third party. */
@NullMarked
public record TestSource(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        Spec spec,
        @Nullable Status status) implements ToolkitObject<TestSource.Spec, TestSource.Status> {

    public static final ApiType<TestSource, Items> TYPE =
            new ApiType<>(new ApiKind("example.com", "v1", "TestSource", "testsources"), TestSource.class, Items.class);

    public record Spec(String content) {}

    public record Status(
            List<V1Condition> conditions,
            @Nullable Long observedGeneration,
            @Nullable String lastHandledReconcileAt,
            @Nullable String digest,
            List<String> names)
            implements ConditionedStatus {}

    public record Items(String apiVersion, String kind, V1ListMeta metadata, List<TestSource> items)
            implements ToolkitList<TestSource> {}

    public TestSource {
        apiVersion = TYPE.kind().apiVersion();
        kind = TYPE.kind().kind();
    }

    @Override
    public TestSource withMetadata(V1ObjectMeta metadata) {
        return new TestSource(apiVersion, kind, metadata, spec, status);
    }
}
