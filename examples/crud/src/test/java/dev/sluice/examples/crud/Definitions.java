package dev.sluice.examples.crud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.source.HelmRepository;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.dynamic.Dynamics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/** Installs the CRDs of the examples if they are missing. */
final class Definitions {

    private Definitions() {}

    static void create(ApiClient client) throws IOException {
        ToolkitJson.install();
        define(client, ToolkitCrds.manifest("helmrepositories"), HelmRepository.TYPE);
        try (InputStream in = Objects.requireNonNull(Definitions.class.getResourceAsStream("helmreleases.yaml"))) {
            define(client, new String(in.readAllBytes(), StandardCharsets.UTF_8), HelmRelease.TYPE);
        }
    }

    private static void define(ApiClient client, String manifest, ApiType<?, ?> type) {
        DynamicKubernetesObject definition =
                Dynamics.newFromJson(new Gson().toJson(new Yaml().<Map<String, Object>>load(manifest)));
        KubernetesApiResponse<DynamicKubernetesObject> made = new DynamicKubernetesApi(
                        "apiextensions.k8s.io", "v1", "customresourcedefinitions", client)
                .create(definition);
        assertThat(made.getHttpStatusCode())
                .as(String.valueOf(made.getStatus()))
                .isIn(200, 201, 409);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> type.api(client).list().isSuccess());
    }
}
