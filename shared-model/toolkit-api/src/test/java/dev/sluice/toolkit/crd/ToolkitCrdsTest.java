package dev.sluice.toolkit.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.image.ImagePolicy;
import dev.sluice.toolkit.image.ImageRepository;
import dev.sluice.toolkit.image.ImageUpdateAutomation;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.notification.Alert;
import dev.sluice.toolkit.notification.Provider;
import dev.sluice.toolkit.notification.Receiver;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.HelmRepository;
import dev.sluice.toolkit.source.OCIRepository;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class ToolkitCrdsTest {

    static Stream<ApiType<?, ?>> types() {
        return Stream.of(
                ArtifactGenerator.TYPE,
                Alert.TYPE,
                Alert.V1BETA3,
                Bucket.TYPE,
                ExternalArtifact.TYPE,
                GitRepository.TYPE,
                HelmChart.TYPE,
                HelmRelease.TYPE,
                HelmRepository.TYPE,
                ImagePolicy.TYPE,
                ImageRepository.TYPE,
                ImageUpdateAutomation.TYPE,
                Kustomization.TYPE,
                OCIRepository.TYPE,
                Provider.TYPE,
                Provider.V1BETA3,
                Receiver.TYPE);
    }

    @ParameterizedTest
    @MethodSource("types")
    void thereIsADefinitionOfEachKind(ApiType<?, ?> type) {
        ApiKind kind = type.kind();
        Map<?, ?> definition = new Yaml().load(ToolkitCrds.manifest(kind.plural()));
        Map<?, ?> spec = (Map<?, ?>) in(definition, "spec");

        assertThat(in(spec, "group")).isEqualTo(kind.group());
        assertThat(in((Map<?, ?>) in(spec, "names"), "kind")).isEqualTo(kind.kind());
        assertThat(((List<?>) in(spec, "versions")).stream().map(version -> in((Map<?, ?>) version, "name")))
                .anyMatch(kind.version()::equals);
    }

    private static Object in(Map<?, ?> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    @Test
    void allKindsHaveOne() {
        assertThat(ToolkitCrds.all())
                .hasSize((int)
                        types().map(type -> type.kind().plural()).distinct().count())
                .doesNotHaveDuplicates()
                .containsAll(ToolkitCrds.manifests());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolkitCrds.manifest("pods"))
                .withMessageContaining("no CRD for 'pods'; available: [gitrepositories, ");
    }
}
