package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The recorded tables of schemas and objects over HTTP: every API must behave as recorded. */
@KubernetesTest
final class RecordedSchemasContractIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Http http;
    private final String namespace;

    RecordedSchemasContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Http.on(api);
        this.namespace = namespace;
    }

    @Test
    void validationMatchesRecording() {
        List<Group> groups = new ArrayList<>();
        for (JsonNode table : Recorded.table("schema/objects.json")) {
            Group group = new Group(table, groups.size());
            Recorded.create(http, group.definition(group.hasOld() ? openSchema() : table.path("schema")));
            groups.add(group);
        }
        SoftAssertions all = new SoftAssertions();
        groups.forEach(group -> group.check(all));
        all.assertAll();
    }

    private static JsonNode openSchema() {
        return Yaml.toTree("{type: object, x-kubernetes-preserve-unknown-fields: true}");
    }

    /** The objects of a schema. Old objects are created with a permissive schema, which is then replaced. */
    private final class Group {

        private final JsonNode table;
        private final String plural;
        private final String kind;

        Group(JsonNode table, int number) {
            this.table = table;
            this.plural = "group" + number + "s";
            this.kind = "Group" + number;
        }

        ObjectNode definition(JsonNode schema) {
            return Recorded.definition(plural, kind, schema, false);
        }

        boolean hasOld() {
            return table.path("cases").valueStream().anyMatch(given -> given.has("old"));
        }

        private String path() {
            return Recorded.collection(namespace, plural);
        }

        void check(SoftAssertions all) {
            Recorded.awaitServed(http, path());
            if (hasOld()) {
                createOldOnes();
                replaceSchema();
            }
            int number = 0;
            for (JsonNode given : table.path("cases")) {
                Answer answer = send(given, number++);
                all.assertThat(outcome(answer))
                        .as(table.path("name").asString() + ": "
                                + given.path("name").asString())
                        .isEqualTo(expected(given));
            }
        }

        private void createOldOnes() {
            int number = 0;
            for (JsonNode given : table.path("cases")) {
                if (given.has("old")) {
                    http.raw(
                                    "POST",
                                    path(),
                                    Http.JSON,
                                    object(given.path("old"), number).toString())
                            .ok(201);
                }
                number++;
            }
        }

        private void replaceSchema() {
            String name = Recorded.DEFINITIONS + "/" + plural + "." + Recorded.GROUP;
            ObjectNode definition = (ObjectNode) http.get(name).ok();
            ((ObjectNode) definition.at("/spec/versions/0/schema")).set("openAPIV3Schema", table.path("schema"));
            http.raw("PUT", name, Http.JSON, definition.toString()).ok(200);
            for (int i = 0; i < table.path("cases").size(); i++) {
                JsonNode refused = table.path("cases").path(i);
                int number = i;
                if (refused.has("expected")) {
                    await().atMost(PATIENCE)
                            .until(() -> outcome(send(refused, number)).equals(expected(refused)));
                    return;
                }
            }
        }

        private ObjectNode object(JsonNode content, int number) {
            ObjectNode object = (ObjectNode) content.deepCopy();
            object.put("apiVersion", Recorded.API_VERSION).put("kind", kind);
            if (!object.has("metadata")) {
                object.putObject("metadata").put("name", "object-" + number);
            }
            return object;
        }

        private Answer send(JsonNode given, int number) {
            ObjectNode object = object(given.path("object"), number);
            if (!given.has("old")) {
                return http.raw("POST", path() + "?dryRun=All", Http.JSON, object.toString());
            }
            String one = path() + "/object-" + number;
            String version = http.get(one).ok().at("/metadata/resourceVersion").asString();
            object.withObjectProperty("metadata").put("resourceVersion", version);
            return http.raw("PUT", one + "?dryRun=All", Http.JSON, object.toString());
        }

        private String outcome(Answer answer) {
            if (answer.code() == 422) {
                return String.join("\n", Recorded.causes(answer.json().at("/details/causes")));
            }
            assertThat(answer.code()).as(answer.text()).isIn(200, 201);
            ObjectNode stored = Recorded.stored(answer);
            stored.remove("metadata");
            return GoJsonText.compact(stored);
        }

        private String expected(JsonNode given) {
            return given.has("expected")
                    ? String.join("\n", Recorded.causes(given.path("expected")))
                    : GoJsonText.compact(given.path("stored"));
        }
    }
}
