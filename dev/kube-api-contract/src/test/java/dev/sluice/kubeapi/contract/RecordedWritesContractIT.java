package dev.sluice.kubeapi.contract;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The recorded tables of applies and patches over HTTP: every API must behave as recorded. */
@KubernetesTest
final class RecordedWritesContractIT {

    private static final String REJECTED = "the server rejected our request due to an error in our request";

    private final Http http;
    private final String namespace;

    RecordedWritesContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Http.on(api);
        this.namespace = namespace;
    }

    @Test
    void appliesMatchRecording() {
        JsonNode table = Recorded.table("patch/apply.json");
        Recorded.create(http, Recorded.definition("applieds", "Applied", table.path("schema"), true));
        String path = Recorded.collection(namespace, "applieds");
        Recorded.awaitServed(http, path);
        SoftAssertions all = new SoftAssertions();
        int number = 0;
        for (JsonNode given : table.path("cases")) {
            if (given.path("steps").valueStream().noneMatch(step -> step.has("later"))) {
                new Run(path, "object-" + number++).check(given, all);
            }
        }
        all.assertAll();
    }

    /** The steps of a test case, on its own object. */
    private final class Run {

        private final String path;
        private final String name;

        Run(String collection, String name) {
            this.path = collection;
            this.name = name;
        }

        void check(JsonNode given, SoftAssertions all) {
            int number = 0;
            for (JsonNode step : given.path("steps")) {
                String before = version(http.get(path + "/" + name));
                Answer answer = send(step);
                String as = given.path("name").asString() + ", step " + ++number;
                if (step.has("error")) {
                    all.assertThat(answer.code())
                            .as(as)
                            .isEqualTo(step.at("/error/code").asInt());
                    all.assertThat(anonymous(answer.json().path("message").asString("")))
                            .as(as)
                            .isEqualTo(step.at("/error/message").asString());
                } else {
                    all.assertThat(answer.code()).as(as + answer.text()).isIn(200, 201);
                    all.assertThat(anonymous(Recorded.managersSorted(Recorded.stored(answer))))
                            .as(as)
                            .isEqualTo(Recorded.managersSorted(step.path("result")));
                    all.assertThat(version(answer).equals(before))
                            .as(as + " changes nothing")
                            .isEqualTo(step.path("unchanged").asBoolean(false));
                }
            }
        }

        private String version(Answer answer) {
            return answer.json().at("/metadata/resourceVersion").asString("");
        }

        private String anonymous(String text) {
            return text.replace(name, "NAME").replace("Applied", "KIND").replace(namespace, "default");
        }

        private String own(JsonNode body) {
            return body.toString()
                    .replace("NAME", name)
                    .replace("KIND", "Applied")
                    .replace("\\\"namespace\\\":\\\"default\\\"", "\\\"namespace\\\":\\\"" + namespace + "\\\"")
                    .replace("\\\"namespace\\\": \\\"default\\\"", "\\\"namespace\\\": \\\"" + namespace + "\\\"");
        }

        private ObjectNode whole(JsonNode content) {
            ObjectNode object = (ObjectNode) Yaml.JSON.readTree(own(content));
            object.put("apiVersion", Recorded.API_VERSION).put("kind", "Applied");
            object.withObjectProperty("metadata").put("name", name);
            return object;
        }

        private Answer send(JsonNode step) {
            String one = path + "/" + name + (step.has("subresource") ? "/status" : "");
            String query = "?fieldManager=" + step.path("manager").asString();
            return switch (step.path("op").asString()) {
                case "create" ->
                    http.raw(
                            "POST",
                            path + query,
                            Http.JSON,
                            whole(step.path("object")).toString());
                case "update" ->
                    http.raw("PUT", one + query, Http.JSON, update(step).toString());
                case "apply" ->
                    http.raw(
                            "PATCH",
                            one + query + (step.has("force") ? "&force=true" : ""),
                            Http.APPLY_PATCH,
                            whole(step.path("object")).toString());
                case "merge" -> http.raw("PATCH", one + query, Http.MERGE_PATCH, own(step.path("patch")));
                default -> http.raw("PATCH", one + query, Http.JSON_PATCH, own(step.path("patch")));
            };
        }

        private ObjectNode update(JsonNode step) {
            ObjectNode object = whole(step.path("object"));
            String version = version(http.get(path + "/" + name));
            object.withObjectProperty("metadata").put("resourceVersion", version);
            return object;
        }
    }

    @Test
    void jsonAndMergePatchesMatchRecording() {
        JsonNode anything =
                Yaml.toTree("{type: object, properties: {spec: {x-kubernetes-preserve-unknown-fields: true}}}");
        Recorded.create(http, Recorded.definition("patcheds", "Patched", anything, false));
        String path = Recorded.collection(namespace, "patcheds");
        Recorded.awaitServed(http, path);
        SoftAssertions all = new SoftAssertions();
        JsonNode table = Recorded.table("patch/patches.json");
        int number = 0;
        for (String kind : new String[] {"json", "merge"}) {
            for (JsonNode given : table.path(kind)) {
                String name = "object-" + number++;
                ObjectNode object = (ObjectNode) Yaml.toTree("{kind: Patched, metadata: {name: " + name + "}}");
                object.put("apiVersion", Recorded.API_VERSION).set("spec", given.path("target"));
                http.raw("POST", path, Http.JSON, object.toString()).ok(201);
                String type = kind.equals("json") ? Http.JSON_PATCH : Http.MERGE_PATCH;
                Answer answer = http.raw(
                        "PATCH",
                        path + "/" + name + "?dryRun=All",
                        type,
                        given.path("patch").toString());
                check(given, answer, all, "spec");
            }
        }
        all.assertAll();
    }

    @Test
    void strategicMergePatchesMatchRecording() {
        String path = Paths.core(namespace, "serviceaccounts");
        SoftAssertions all = new SoftAssertions();
        int number = 0;
        for (JsonNode given : Recorded.table("patch/patches.json").path("strategic")) {
            String name = "account-" + number++;
            ObjectNode object = (ObjectNode) given.path("target").deepCopy();
            object.put("apiVersion", "v1").put("kind", "ServiceAccount");
            object.withObjectProperty("metadata").put("name", name);
            http.raw("POST", path, Http.JSON, object.toString()).ok(201);
            String patch = given.path("patch").toString().replace("\"strat\"", "\"" + name + "\"");
            Answer answer = http.raw("PATCH", path + "/" + name + "?dryRun=All", Http.STRATEGIC_PATCH, patch);
            check(given, answer, all, "");
        }
        all.assertAll();
    }

    private static void check(JsonNode given, Answer answer, SoftAssertions all, String part) {
        String as = given.path("name").asString();
        if (given.has("code")) {
            String message = given.path("message").asString();
            all.assertThat(answer.code()).as(as).isEqualTo(given.path("code").asInt());
            all.assertThat(answer.json().path("message").asString())
                    .as(as)
                    .startsWith(message.equals(REJECTED) ? REJECTED : message);
            return;
        }
        all.assertThat(answer.code()).as(as + answer.text()).isEqualTo(200);
        ObjectNode stored = Recorded.stored(answer);
        ObjectNode metadata = stored.withObjectProperty("metadata");
        metadata.remove("managedFields");
        if (metadata.isEmpty()) {
            stored.remove("metadata");
        }
        JsonNode result = part.isEmpty() ? stored : stored.path(part);
        all.assertThat(GoJsonText.compact(result)).as(as).isEqualTo(GoJsonText.compact(given.path("result")));
    }
}
