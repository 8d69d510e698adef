package dev.sluice.toolkit.example;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ToolkitList;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Kinds of a third party, in a package that is not null-marked. */
public final class UnmarkedTypes {

    private UnmarkedTypes() {}

    /** A status without the annotation: its conditions are null if they are missing. */
    public record PlainStatus(List<V1Condition> conditions) implements ConditionedStatus {}

    /** A record without the annotation, as most people would write it. */
    public record Plain(String apiVersion, String kind, V1ObjectMeta metadata, String spec, PlainStatus status)
            implements ToolkitObject<String, PlainStatus> {
        @Override
        public Plain withMetadata(V1ObjectMeta metadata) {
            return new Plain(apiVersion, kind, metadata, spec, status);
        }
    }

    /** Null-marked itself. */
    @NullMarked
    public record MarkedStatus(
            List<V1Condition> conditions, @Nullable Long observedGeneration) implements ConditionedStatus {
        public MarkedStatus {
            conditions = List.copyOf(conditions);
        }
    }

    /** Null-marked around its records. */
    @NullMarked
    public static final class Marked {

        private Marked() {}

        /** In the scope of the class around it. */
        public record Bundle(
                String apiVersion,
                String kind,
                V1ObjectMeta metadata,
                String spec,
                @Nullable MarkedStatus status) implements ToolkitObject<String, MarkedStatus> {
            @Override
            public Bundle withMetadata(V1ObjectMeta metadata) {
                return new Bundle(apiVersion, kind, metadata, spec, status);
            }
        }

        /** In the scope of the class around it. */
        public record Bundles(String apiVersion, String kind, V1ListMeta metadata, List<Bundle> items)
                implements ToolkitList<Bundle> {}

        /** The nearest annotation decides. */
        @NullUnmarked
        public record Unmarked(String text) {}

        /** Has an unmarked record in a list. */
        public record Holder(
                String apiVersion,
                String kind,
                V1ObjectMeta metadata,
                List<Unmarked> spec,
                @Nullable MarkedStatus status)
                implements ToolkitObject<List<Unmarked>, MarkedStatus> {
            @Override
            public Holder withMetadata(V1ObjectMeta metadata) {
                return new Holder(apiVersion, kind, metadata, spec, status);
            }
        }
    }
}
