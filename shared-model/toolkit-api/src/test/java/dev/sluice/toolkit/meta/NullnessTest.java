package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.toolkit.example.UnmarkedTypes;
import dev.sluice.toolkit.example.UnmarkedTypes.Marked;
import dev.sluice.toolkit.helm.HelmReleaseSpec;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.junit.jupiter.api.Test;

class NullnessTest {

    private static final ApiKind KIND = new ApiKind("example.com", "v1", "Bundle", "bundles");

    @Test
    void theNearestAnnotationDecides() {
        assertThat(Nullness.isMarked(HelmReleaseSpec.class)).isTrue(); // its package
        assertThat(Nullness.isMarked(UnmarkedTypes.MarkedStatus.class)).isTrue(); // itself
        assertThat(Nullness.isMarked(Marked.Bundle.class)).isTrue(); // the class around it
        assertThat(Nullness.isMarked(Marked.Unmarked.class)).isFalse();
        assertThat(Nullness.isMarked(UnmarkedTypes.Plain.class)).isFalse();
    }

    @Test
    void aMarkedRecordGetsEmptyValuesForMissingFields() {
        Marked.Bundle bundle =
                ToolkitJson.gson().fromJson("{\"metadata\":{\"name\":\"a\"},\"status\":{}}", Marked.Bundle.class);

        assertThat(bundle.spec()).isEmpty();
        assertThat(bundle.conditions()).isEmpty();
        assertThat(bundle.status()).isEqualTo(new UnmarkedTypes.MarkedStatus(java.util.List.of(), null));
    }

    @Test
    void aKindRefusesRecordsThatAreNotMarked() {
        assertThat(new ApiType<>(KIND, Marked.Bundle.class, Marked.Bundles.class).kind())
                .isEqualTo(KIND);
        assertThat(new ApiType<>(KIND, V1ConfigMap.class, V1ConfigMapList.class).objectClass())
                .isEqualTo(V1ConfigMap.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiType<>(KIND, UnmarkedTypes.Plain.class, Marked.Bundles.class))
                .withMessageStartingWith("record dev.sluice.toolkit.example.UnmarkedTypes$Plain is not null-marked")
                .withMessageContaining("add @org.jspecify.annotations.NullMarked to the record");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiType<>(KIND, Marked.Holder.class, Marked.Bundles.class))
                .withMessageStartingWith("record dev.sluice.toolkit.example.UnmarkedTypes$Marked$Unmarked is not");
    }

    /** For objects that were not read through a kind. */
    @Test
    void nullConditionsCountAsNone() {
        UnmarkedTypes.Plain object = new UnmarkedTypes.Plain(
                "example.com/v1",
                "Plain",
                new V1ObjectMeta().name("a"),
                "",
                ToolkitJson.gson().fromJson("{}", UnmarkedTypes.PlainStatus.class));

        assertThat(object.status().conditions()).isNull();
        assertThat(object.conditions()).isEmpty();
        assertThat(object.isReady()).isFalse();
        assertThat(Conditions.find(null, "Ready")).isEmpty();
        assertThat(Conditions.isTrue(null, "Ready")).isFalse();
    }
}
