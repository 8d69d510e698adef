package dev.sluice.reconciler;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.meta.ApiKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A shop as a monorepo of services, with generators in all states: what the tests and the pictures of the console show. */
final class BrowsedShop {

    static final String NAMESPACE = "shop";
    static final String FIRST = "main@sha1:4be1c5a90d3f0e7d5a6b2f1c8e9d7a6b5c4d3e2f";
    static final String SECOND = "main@sha1:9f2c71e4ab56d08c3e1f7a2b4c6d8e0f1a3b5c7d";

    private static final List<String> SERVICES =
            List.of("cart", "catalog", "checkout", "frontend", "mail", "payments", "search", "shipping");

    private final Scenario scenario;

    BrowsedShop(Scenario any) {
        this.scenario = any.in(NAMESPACE);
    }

    Scenario scenario() {
        return scenario;
    }

    void create() throws IOException {
        publish(FIRST, "1.4.0");
        scenario.publish(
                "policies",
                "main@sha1:07d1c2b3a4f5968778695a4b3c2d1e0f9a8b7c6d",
                Map.of("network/deny-all.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"));
        scenario.cluster().apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: services, namespace: shop}
                spec:
                  sources: [{alias: repo, kind: GitRepository, name: monorepo}]
                  pathPattern: "@repo/services/{service}"
                  artifacts:
                    - name: "{service}"
                      originRevision: "@repo"
                      copy:
                        - {from: "@repo/services/{service}/**", to: "@artifact/", exclude: ["*.md"]}
                        - {from: "@repo/environments/production.yaml", to: "@artifact/values.yaml", strategy: Merge}
                """);
        scenario.generator(
                "policies", "GitRepository", "policies", Scenario.artifact("network-policies", "network/**"));
        scenario.generator("reports", "GitRepository", "warehouse", Scenario.artifact("reports", "**"));
        scenario.generator("legacy", "GitRepository", "policies", Scenario.artifact("legacy", "legacy/**"));
        scenario.generator("preview", "GitRepository", "policies", Scenario.artifact("preview", "network/**"));
        consume();
        scenario.annotate("preview", "source.extensions.fluxcd.io/reconcile", "\"disabled\"");
    }

    /** Kustomizations and HelmReleases that use the artifacts, as Flux would have them. */
    private void consume() throws IOException {
        scenario.cluster().apply(definition("kustomize.toolkit.fluxcd.io", "v1", "Kustomization"));
        scenario.cluster().apply(definition("helm.toolkit.fluxcd.io", "v2", "HelmRelease"));
        for (String service : SERVICES) {
            boolean chart = service.equals("payments") || service.equals("search");
            JsonObject reference = new JsonObject();
            reference.addProperty("kind", "ExternalArtifact");
            reference.addProperty("name", service);
            JsonObject spec = new JsonObject();
            spec.add(chart ? "chartRef" : "sourceRef", reference);
            create(chart ? HelmRelease.TYPE.kind() : Kustomization.TYPE.kind(), service, spec);
        }
    }

    private void create(ApiKind kind, String name, JsonObject spec) throws IOException {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", name);
        metadata.addProperty("namespace", NAMESPACE);
        JsonObject object = new JsonObject();
        object.addProperty("apiVersion", kind.group() + "/" + kind.version());
        object.addProperty("kind", kind.kind());
        object.add("metadata", metadata);
        object.add("spec", spec);
        object.add("status", JsonParser.parseString("""
                {"conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded", "message": "applied",
                  "lastTransitionTime": "2026-11-30T12:00:00Z"}]}
                """));
        ResourcePath path = ResourcePath.of(kind, scenario.key(name));
        await().ignoreExceptions()
                .until(() -> scenario.cluster().requests().apply(path, "test", object, JsonObject.class) != null);
    }

    private static String definition(String group, String version, String kind) {
        String plural = kind.toLowerCase(Locale.ROOT) + "s";
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %1$s.%2$s}
                spec:
                  group: %2$s
                  names: {kind: %4$s, listKind: %4$sList, plural: %1$s, singular: %5$s}
                  scope: Namespaced
                  versions:
                    - name: %3$s
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(plural, group, version, kind, kind.toLowerCase(Locale.ROOT));
    }

    void awaitAll() {
        scenario.awaitReady("services");
        scenario.awaitReady("policies");
        scenario.awaitCondition("reports", "Ready", "False", "SourceFetchFailed", "warehouse");
        scenario.awaitCondition("legacy", "Ready", "False", "BuildFailed", "legacy");
    }

    /** Publishes the monorepo with this version of the service checkout. */
    void publish(String revision, String version) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String service : SERVICES) {
            String own = "services/" + service + "/";
            String tag = service.equals("checkout") ? version : "1.4.0";
            files.put(own + "README.md", "# " + service + "\n");
            files.put(own + "deployment.yaml", deployment(service, tag));
            files.put(own + "service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + service + "\n");
            files.put(own + "values.yaml", "# defaults of " + service + "\nreplicas: 1\nresources:\n  cpu: 100m\n");
            files.put(own + "config/logging.json", "{\"level\": \"info\"}\n");
        }
        files.put("environments/production.yaml", "replicas: 3\nresources:\n  memory: 256Mi\n");
        scenario.publish("monorepo", revision, files);
    }

    private static String deployment(String service, String tag) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                spec:
                  template:
                    spec:
                      containers:
                        - name: %1$s
                          image: registry.example.com/shop/%1$s:%2$s
                          ports:
                            - containerPort: 8080
                """.formatted(service, tag);
    }
}
