package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.helm.HelmReleaseSpec;
import dev.sluice.toolkit.image.ImageRepositorySpec;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.kustomize.KustomizationSpec;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.FluxObject;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.notification.AlertSpec;
import dev.sluice.toolkit.notification.ProviderSpec;
import dev.sluice.toolkit.notification.ReceiverSpec;
import dev.sluice.toolkit.source.BucketSpec;
import dev.sluice.toolkit.source.GitRepositorySpec;
import dev.sluice.toolkit.source.HelmChartSpec;
import dev.sluice.toolkit.source.HelmRepositorySpec;
import dev.sluice.toolkit.source.OCIRepositorySpec;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records with many fields have builders, in which each setter sets the field with its name. */
class BuildersTest {

    private static final int MANY_FIELDS = 8;

    private record Missing(RecordBuilder<?, ?> builder, String message) {}

    static Stream<Record> recordsWithManyFields() {
        List<Record> found = new ArrayList<>();
        for (Kind kind : Kind.withAllFields()) {
            collect((Record) ((FluxObject<?>) ToolkitYaml.read(kind.fullExample(), kind.type())).spec(), found);
        }
        return found.stream().filter(spec -> spec.getClass().getRecordComponents().length >= MANY_FIELDS);
    }

    static Stream<Missing> incompleteBuilders() {
        Duration minute = Duration.ofMinutes(1);
        NamespacedObjectKindReference source = new NamespacedObjectKindReference(null, "GitRepository", "a", null);
        return Stream.of(
                new Missing(HelmReleaseSpec.builder(), "HelmReleaseSpec: the field \"interval\""),
                new Missing(KustomizationSpec.builder().interval(minute).prune(true), "the field \"sourceRef\""),
                new Missing(KustomizationSpec.builder().interval(minute).sourceRef(source), "the field \"prune\""),
                new Missing(ProviderSpec.builder().channel("general"), "ProviderSpec: the field \"type\""),
                new Missing(AlertSpec.builder(), "AlertSpec: the field \"eventSources\""),
                new Missing(ReceiverSpec.builder().type("github"), "ReceiverSpec: the field \"resources\""),
                new Missing(ImageRepositorySpec.builder().interval(minute), "the field \"image\""),
                new Missing(GitRepositorySpec.builder().interval(minute), "GitRepositorySpec: the field \"url\""),
                new Missing(OCIRepositorySpec.builder().url("oci://a"), "the field \"interval\""),
                new Missing(BucketSpec.builder().bucketName("a"), "BucketSpec: the field \"endpoint\""),
                new Missing(HelmRepositorySpec.builder().interval(minute), "the field \"url\""),
                new Missing(HelmChartSpec.builder().chart("a").interval(minute), "the field \"sourceRef\""));
    }

    @ParameterizedTest
    @MethodSource("recordsWithManyFields")
    void everySetterSetsTheFieldOfItsName(Record full) throws Exception {
        Object builder = full.getClass().getMethod("builder").invoke(null);
        for (RecordComponent component : full.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(full);
            setter(builder, component).invoke(builder, value instanceof FluxDuration d ? d.toDuration() : value);
        }
        Record built = ((RecordBuilder<?, ?>) builder).build();

        for (RecordComponent component : full.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(full);
            assertThat(component.getAccessor().invoke(built))
                    .as(component.getName())
                    .isEqualTo(value instanceof FluxDuration d ? FluxDuration.of(d.toDuration()) : value);
        }
    }

    @ParameterizedTest
    @MethodSource("recordsWithManyFields")
    void toBuilderPreservesTheRecord(Record full) throws Exception {
        Object builder = full.getClass().getMethod("toBuilder").invoke(full);

        assertThat(((RecordBuilder<?, ?>) builder).build()).isEqualTo(full);
    }

    @ParameterizedTest
    @MethodSource("incompleteBuilders")
    void aMissingRequiredFieldIsNamed(Missing given) {
        assertThatThrownBy(given.builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(given.message)
                .hasMessageContaining("is required");
    }

    @Test
    void writesOnlyFieldsThatWereSet() {
        HelmReleaseSpec spec = HelmReleaseSpec.builder()
                .interval(Duration.ofMinutes(30))
                .values(Map.of("service", Map.of("type", "ClusterIP")))
                .build();

        assertThat(ToolkitJson.gson().toJson(spec))
                .isEqualTo("{\"interval\":\"30m0s\",\"values\":{\"service\":{\"type\":\"ClusterIP\"}}}");
    }

    @Test
    void aBuiltRecordDoesNotChangeWithTheBuilder() {
        HelmReleaseSpec.Builder builder = HelmReleaseSpec.builder().interval(Duration.ofMinutes(1));
        HelmReleaseSpec before = builder.build();

        HelmReleaseSpec after = builder.suspend(true).build();

        assertThat(before.suspend()).isNull();
        assertThat(after.suspend()).isTrue();
    }

    private static Method setter(Object builder, RecordComponent component) {
        Class<?> type = component.getType() == FluxDuration.class ? Duration.class : component.getType();
        return Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equals(component.getName()) && method.getParameterCount() == 1)
                .filter(method -> boxed(method.getParameterTypes()[0]) == type)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setter of " + component));
    }

    private static Class<?> boxed(Class<?> type) {
        return type == boolean.class ? Boolean.class : type == int.class ? Integer.class : type;
    }

    private static void collect(Record value, List<Record> found) {
        found.add(value);
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Object inner = Objects.requireNonNull(component.getAccessor().invoke(value), component.toString());
                if (inner instanceof Record nested) {
                    collect(nested, found);
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }
}
