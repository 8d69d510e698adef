package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What the server said to one request. */
record Answer(String request, int code, String contentType, List<String> warnings, String text) {

    /** The body of a success. */
    JsonNode ok() {
        assertThat(code).as("%s answered %s", request, text).isBetween(200, 299);
        return json();
    }

    JsonNode ok(int expected) {
        assertThat(code).as("%s answered %s", request, text).isEqualTo(expected);
        return json();
    }

    /** A failure, told the Kubernetes way: a Status with the code of the response and this reason. */
    JsonNode fails(int expected, String reason) {
        assertThat(code).as("%s answered %s", request, text).isEqualTo(expected);
        JsonNode status = json();
        assertThat(status.at("/kind").asString()).as(text).isEqualTo("Status");
        assertThat(status.at("/apiVersion").asString()).as(text).isEqualTo("v1");
        assertThat(status.at("/status").asString()).as(text).isEqualTo("Failure");
        assertThat(status.at("/code").asInt()).as(text).isEqualTo(expected);
        assertThat(status.at("/reason").asString("")).as(text).isEqualTo(reason);
        assertThat(status.at("/message").asString()).as(text).isNotBlank();
        return status;
    }

    JsonNode json() {
        return Yaml.JSON.readTree(text);
    }

    /** The names of the objects in a list, in its order. */
    List<String> names() {
        return StreamSupport.stream(ok().path("items").spliterator(), false)
                .map(item -> item.at("/metadata/name").asString())
                .toList();
    }

    /** The fields that an Invalid status complains about. */
    List<String> causeFields() {
        return StreamSupport.stream(json().at("/details/causes").spliterator(), false)
                .map(cause -> cause.path("field").asString(""))
                .toList();
    }
}
