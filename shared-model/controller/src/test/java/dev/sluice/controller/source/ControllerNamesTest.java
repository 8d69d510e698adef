package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.controller.object.TestSource;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerNamesTest {

    private static <T extends ToolkitObject<?, ?>> ExternalArtifactController<T> of(ApiType<T, ?> type, String name) {
        return ExternalArtifactController.of(type, name, (object, context) -> Content.unchanged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "httpbundle-controller", "maker.example.com", "0"})
    void acceptsNamesOfLeases(String name) {
        assertThat(of(TestSource.TYPE, name)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HttpBundle",
                "a b",
                "a/b",
                "-a",
                "a.",
                "a..b",
                "../a",
                "a_b",
                "a234567890123456789012345678901234567890123456789012345678901234"
            })
    void refusesOtherNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(TestSource.TYPE, name))
                .withMessageContaining("invalid controller name '" + name + "': must be 1 to 63 lower-case letters");
    }

    @Test
    void refusesKindsThatCannotHaveArtifacts() {
        ApiType<TestSource, TestSource.Items> core = new ApiType<>(
                new ApiKind("", "v1", "ConfigMap", "configmaps"), TestSource.class, TestSource.Items.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(core, "a"))
                .withMessageContaining("kind ConfigMap of the core group");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(ExternalArtifact.TYPE, "a"))
                .withMessageContaining("use another kind");
    }

    @Test
    void namesAKindThatOccursTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(TestSource.TYPE, "a").and(of(TestSource.TYPE, "b")))
                .withMessage("duplicate kind 'TestSource': each kind needs a different name, because the name is a"
                        + " directory of the storage");
    }
}
