package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.meta.ApiType;
import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The consumers' manifests have only fields of Flux's kinds: parsing them into their types loses nothing. */
class UsageManifestsTest {

    @Test
    void kustomizationIsValid() throws IOException {
        keepsEveryField("kustomization.yaml", Kustomization.TYPE);
    }

    @Test
    void helmReleaseIsValid() throws IOException {
        keepsEveryField("helmrelease.yaml", HelmRelease.TYPE);
    }

    private static void keepsEveryField(String file, ApiType<? extends KubernetesObject, ?> type) throws IOException {
        String text = Files.readString(Cluster.MANIFESTS.resolve("usage").resolve(file));
        String written = new Gson().toJson(new Yaml().<Object>load(text));
        String read = ToolkitJson.gson().toJson(ToolkitYaml.read(text, type));

        assertThat(JsonParser.parseString(read)).isEqualTo(JsonParser.parseString(written));
    }
}
